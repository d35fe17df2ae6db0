#!/usr/bin/env python3
"""The metrics of scikit-learn on made-up predictions, for Tests/AnsatzDataTests.

    pip install scikit-learn
    python scripts/references/metrics.py > Tests/AnsatzDataTests/Fixtures/metrics.json

A case is a list of true and predicted classes with probabilities or decision values, or of true and predicted numbers,
and what scikit-learn makes of it. It has no expected calibration error, which is written out here.
"""
import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn import metrics

random = np.random.default_rng(20240601)
warnings.simplefilter("ignore")  # of a class that is never predicted: scikit-learn takes 0, as it says


def calibration_error(truth, probabilities, bins=15):
    confidence, label = probabilities.max(axis=1), probabilities.argmax(axis=1)
    place = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    error = 0.0
    for b in range(bins):
        inside = place == b
        if inside.any():
            gap = abs((label[inside] == truth[inside]).mean() - confidence[inside].mean())
            error += inside.mean() * gap
    return error


def of_classes(truth, predicted, classes):
    """What needs predicted classes alone."""
    result = {
        "accuracy": metrics.accuracy_score(truth, predicted),
        "balanced-accuracy": metrics.balanced_accuracy_score(truth, predicted),
        "f1-macro": metrics.f1_score(truth, predicted, average="macro"),
        "precision-macro": metrics.precision_score(truth, predicted, average="macro"),
        "recall-macro": metrics.recall_score(truth, predicted, average="macro"),
        "matthews": metrics.matthews_corrcoef(truth, predicted),
    }
    if classes == 2:
        result |= {
            "f1": metrics.f1_score(truth, predicted),
            "precision": metrics.precision_score(truth, predicted),
            "recall": metrics.recall_score(truth, predicted),
        }
    return result


def of_probabilities(truth, probabilities, classes):
    labels = list(range(classes))
    ranking = probabilities[:, 1] if classes == 2 else probabilities
    result = {
        "log-loss": metrics.log_loss(truth, probabilities, labels=labels),
        "brier": metrics.brier_score_loss(truth, probabilities, labels=labels),
        "calibration-error": calibration_error(truth, probabilities),
    }
    present = len(set(truth))
    if present == classes:
        result["roc-auc"] = metrics.roc_auc_score(truth, ranking, multi_class="ovr")
        result["average-precision"] = metrics.average_precision_score(truth, ranking)
    return result


def class_case(name, truth, classes, *, predicted=None, probabilities=None, decisions=None):
    truth = np.array(truth)
    case = {"name": name, "classes": classes, "truth": truth.tolist()}
    expected = {}
    if probabilities is not None:
        predicted = probabilities.argmax(axis=1)
        case["probabilities"] = probabilities.tolist()
        expected |= of_probabilities(truth, probabilities, classes)
    if decisions is not None:
        case["decisions"] = decisions.tolist()
        if decisions.shape[1] <= 2:
            ranking = decisions[:, 0] if decisions.shape[1] == 1 else decisions[:, 1] - decisions[:, 0]
            expected["roc-auc"] = metrics.roc_auc_score(truth, ranking)
            expected["average-precision"] = metrics.average_precision_score(truth, ranking)
    predicted = np.array(predicted)
    expected |= of_classes(truth, predicted, classes)
    counts = metrics.confusion_matrix(truth, predicted, labels=list(range(classes)))
    f1 = metrics.f1_score(truth, predicted, average=None, labels=list(range(classes)))
    return case | {
        "predicted": predicted.tolist(), "confusion": counts.tolist(), "f1PerClass": f1.tolist(),
        "metrics": {key: float(value) for key, value in expected.items()},
    }


def number_case(name, truth, predicted):
    truth, predicted = np.array(truth, dtype=float), np.array(predicted, dtype=float)
    expected = {
        "rmse": metrics.root_mean_squared_error(truth, predicted),
        "mae": metrics.mean_absolute_error(truth, predicted),
        "median-absolute-error": metrics.median_absolute_error(truth, predicted),
    }
    if len(truth) > 1:
        expected["r2"] = metrics.r2_score(truth, predicted)
    if (truth != 0).all():
        expected["mape"] = metrics.mean_absolute_percentage_error(truth, predicted)
    return {
        "name": name, "shape": list(truth.shape), "numbers": truth.ravel().tolist(),
        "predictedNumbers": predicted.ravel().tolist(),
        "metrics": {key: float(value) for key, value in expected.items()},
    }


def probabilities(rows, classes, digits=None):
    values = random.dirichlet(np.full(classes, 0.7), rows)
    if digits is not None:  # many ties
        values = np.round(values * 10**digits)
        values[:, 0] += 10**digits - values.sum(axis=1)
        values = np.clip(values, 0, None)
        values /= values.sum(axis=1, keepdims=True)
    return values


def labels(values, skill=0.6):
    """True classes that the probabilities hint at."""
    classes = values.shape[1]
    return np.where(
        random.random(len(values)) < skill, values.argmax(axis=1), random.integers(0, classes, len(values)))


cases = []
for classes in [2, 3, 5]:
    values = probabilities(90, classes)
    cases.append(class_case(f"{classes} classes", labels(values), classes, probabilities=values))
    values = probabilities(60, classes, digits=1)
    cases.append(class_case(f"{classes} classes, many ties", labels(values), classes, probabilities=values))
    values = probabilities(12, classes)
    wrong = (values.argmax(axis=1) + 1) % classes
    wrong[:classes] = range(classes)
    cases.append(class_case(f"{classes} classes, nearly all wrong", wrong, classes, probabilities=values))
certain = np.eye(3)[[0, 1, 2, 0, 1, 2]]
cases.append(class_case("certain, once wrong", [0, 1, 2, 0, 1, 1], 3, probabilities=certain))
cases.append(class_case("all right", [0, 1, 2, 0, 1, 2], 3, probabilities=certain))
cases.append(
    class_case("equal probabilities", [0, 1, 1, 0, 1], 2, probabilities=np.full((5, 2), 0.5)))
values = probabilities(20, 4)
cases.append(class_case("a class that is never true", labels(values[:, :3]), 4, probabilities=values))
values = probabilities(8, 2)
cases.append(class_case("one class alone is true", [0] * 8, 2, probabilities=values))
cases.append(class_case("one class alone is predicted", [0, 1, 0, 1, 1], 2, predicted=[0] * 5))
cases.append(class_case("one class alone, always right", [0, 0, 0], 2, predicted=[0, 0, 0]))
cases.append(class_case("classes alone", [0, 2, 1, 1, 3, 0], 4, predicted=[0, 1, 1, 2, 3, 3]))
cases.append(class_case("one row", [1], 2, predicted=[1]))
values = np.round(random.normal(size=(40, 1)), 1)
cases.append(
    class_case("decision values", (values[:, 0] + random.normal(size=40) > 0).astype(int), 2,
               predicted=(values[:, 0] > 0).astype(int), decisions=values))
values = random.normal(size=(40, 2))
gap = values[:, 1] - values[:, 0]
cases.append(
    class_case("decision values of both classes", (gap + random.normal(size=40) > 0).astype(int), 2,
               predicted=values.argmax(axis=1), decisions=values))

for rows, shape in [(50, (50,)), (41, (41, 3)), (2, (2, 2))]:
    truth = random.normal(size=shape) * 3 + 1
    cases.append(number_case(f"{rows} rows {shape}", truth, truth + random.normal(size=shape)))
cases.append(number_case("one row", [2.5], [1.5]))
cases.append(number_case("worse than the mean", [1, 2, 3, 4.5], [4, 3, 2, 1]))
cases.append(number_case("a constant target, missed", [2, 2, 2], [2, 2, 3]))
cases.append(number_case("a constant target, met", [2, 2, 2], [2, 2, 2]))
cases.append(number_case("one constant target of two", [[2, 1], [2, 3], [2, 4]], [[2, 1], [2.5, 2], [2, 4]]))
cases.append(number_case("a target of zero", [0, 1, -2], [0.5, 1.5, -2]))
cases.append(number_case("negative targets", [-1, -4, -2.5], [-1.5, -3, 0.5]))

json.dump(
    {
        "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scikit-learn": sklearn.__version__},
        "cases": cases,
    },
    sys.stdout, indent=1)
print()
