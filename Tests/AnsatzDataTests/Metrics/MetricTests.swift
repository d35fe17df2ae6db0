import AnsatzData
import AnsatzMath
import Testing

@Suite("Metrics and predictions")
struct MetricTests {
  @Test("Every metric prefers the truth itself to anything else, in its direction")
  func directions() throws {
    let classes: (Double) throws -> Predictions = { sure in
      let truth = [0, 1, 1, 0, 1, 0]
      return .classes(
        try ClassPredictions(
          truth: truth,
          probabilities: Tensor(rows: truth.map { $0 == 1 ? [1 - sure, sure] : [sure, 1 - sure] })))
    }
    let numbers: (Double) throws -> Predictions = { shift in
      .numbers(
        try NumberPredictions(truth: [1, 2, 4], predicted: [1 + shift, 2 - shift, 4 + shift]))
    }
    for metric in StandardMetrics.all {
      let (best, worse) =
        metric.needs == .numbers
        ? (try numbers(0), try numbers(0.5)) : (try classes(0.9), try classes(0.2))
      let (a, b) = try (metric.value(of: best), metric.value(of: worse))
      #expect(metric.direction.isBetter(a, than: b), "\(metric.name): \(a), \(b)")
      #expect(!metric.direction.isBetter(b, than: a) && !metric.direction.isBetter(a, than: a))
    }
  }

  @Test("What is not a number is never better, and any number is better than it")
  func notANumber() {
    for direction in [MetricDirection.higherIsBetter, .lowerIsBetter] {
      #expect(!direction.isBetter(.nan, than: 1) && !direction.isBetter(.nan, than: .nan))
      #expect(direction.isBetter(1, than: .nan))
    }
  }

  @Test("Names are distinct, summaries are sentences without a full stop, near misses are found")
  func registry() throws {
    #expect(Set(StandardMetrics.names).count == StandardMetrics.all.count)
    for metric in StandardMetrics.all {
      #expect(!metric.summary.isEmpty && !metric.summary.hasSuffix("."))
      #expect(try StandardMetrics.metric(named: metric.name).name == metric.name)
    }
    #expect(
      message { try StandardMetrics.metric(named: "acuracy") }
        == "unknown metric 'acuracy'; did you mean 'accuracy'?")
  }

  @Test("A metric says what it needs and what there is")
  func needs() throws {
    let alone = Predictions.classes(
      try ClassPredictions(truth: [0, 1], predicted: [0, 1], classCount: 2))
    let decided = Predictions.classes(
      try ClassPredictions(
        truth: [0, 1], predicted: [0, 1], classCount: 2,
        scores: .decisions(Tensor(rows: [[-1], [1]]))))
    let numbers = Predictions.numbers(try NumberPredictions(truth: [1, 2], predicted: [1, 3]))
    let cases: [(any Metric, Predictions, String)] = [
      (
        LogLoss(), alone,
        "log-loss needs probabilities of the classes, and these predictions hold classes alone"
      ),
      (
        BrierScore(), decided,
        "brier needs probabilities of the classes, and these predictions hold decision values"
      ),
      (
        ROCAUC(), alone,
        "roc-auc needs probabilities or decision values of the classes, and these predictions hold "
          + "classes alone"
      ),
      (Accuracy(), numbers, "accuracy needs predicted classes, and these predictions hold numbers"),
      (RMSE(), decided, "rmse needs predicted numbers, and these predictions hold decision values"),
    ]
    for (metric, predictions, expected) in cases {
      #expect(metric.unmetNeed(in: predictions) == expected)
      #expect(message { try metric.value(of: predictions) } == expected)
    }
    #expect(
      StandardMetrics.metrics(for: numbers).map(\.name) == [
        "rmse", "mae", "median-absolute-error", "mape", "r2",
      ])
    #expect(StandardMetrics.metrics(for: alone).allSatisfy { $0.needs == .classes })
    #expect(try ROCAUC().value(of: decided) == 1)
    // Called on the classes themselves, the reason is the same.
    let classes = try ClassPredictions(truth: [0, 1], predicted: [0, 1], classCount: 2)
    #expect(message { try LogLoss().value(of: classes) }?.hasPrefix("log-loss needs") == true)
    #expect(message { try ROCAUC().value(of: classes) }?.hasPrefix("roc-auc needs") == true)
  }

  @Test("What is not defined says why, and what to use instead")
  func undefined() throws {
    let single = try ClassPredictions(
      truth: [0, 0], probabilities: Tensor(rows: [[0.9, 0.1], [0.4, 0.6]]))
    #expect(
      message { try ROCAUC().value(of: single) }
        == "roc-auc is not defined: none of the 2 rows are of class 1; measure on rows of every class"
    )
    let three = try ClassPredictions(truth: [0, 1, 2], predicted: [0, 1, 1], classCount: 3)
    #expect(
      message { try F1Score().value(of: three) }
        == "f1 is that of class 1 of two, and there are 3 classes; use f1-macro")
    let zero = try NumberPredictions(
      truth: Tensor(rows: [[1, 2], [3, 0]]), predicted: Tensor(rows: [[1, 2], [3, 0]]))
    #expect(
      message { try MAPE().value(of: zero) }
        == "mape is not defined: the true number of row 1 is 0; use mae")
    #expect(
      message { try R2Score().value(of: NumberPredictions(truth: [1], predicted: [1])) }
        == "r2 is not defined: it needs two rows or more")
    // The mean of three times 0.1 is not 0.1.
    #expect(
      try R2Score().value(of: NumberPredictions(truth: [0.1, 0.1, 0.1], predicted: [0, 0, 0])) == 0)
  }

  @Test("Predictions that cannot be measured are refused at the row")
  func refusals() {
    let cases: [(String?, String)] = [
      (
        message { try ClassPredictions(truth: [], predicted: [], classCount: 2) },
        "no rows to measure; predictions need one row or more"
      ),
      (
        message { try ClassPredictions(truth: [0], predicted: [0, 1], classCount: 2) },
        "1 true classes and 2 predicted ones; give one each"
      ),
      (
        message { try ClassPredictions(truth: [0, 2], predicted: [0, 1], classCount: 2) },
        "row 1: the true class 2 is out of range; there are 2, numbered from 0"
      ),
      (
        message { try ClassPredictions(truth: [0, 1], predicted: [-1, 1], classCount: 2) },
        "row 0: the predicted class -1 is out of range; there are 2, numbered from 0"
      ),
      (
        message {
          try ClassPredictions(truth: [0, 1], probabilities: Tensor(rows: [[1, 0], [0.5, 0.6]]))
        },
        "row 1: the probabilities must be from 0 to 1 and sum to 1; give other numbers as decision values"
      ),
      (
        message { try ClassPredictions(truth: [0], probabilities: Tensor(rows: [[.nan, 0]])) },
        "row 0: the probabilities are not all finite numbers"
      ),
      (
        message { try ClassPredictions(truth: [0, 1, 0], probabilities: Tensor(rows: [[1, 0]])) },
        "probabilities of shape [1, 2] for 3 rows of 2 classes; give [3, 2]"
      ),
      (
        message {
          try ClassPredictions(
            truth: [0], predicted: [0], classCount: 2,
            scores: .decisions(Tensor(rows: [[1, 2, 3]])))
        }, "decision values of shape [1, 3] for 1 rows of 2 classes; give [1, 2] or [1, 1]"
      ),
      (
        message { try NumberPredictions(truth: [1, 2], predicted: [1]) },
        "true numbers of shape [2] and predicted ones of [1]; give equal shapes"
      ),
      (
        message { try NumberPredictions(truth: [], predicted: []) },
        "no rows to measure; predictions need one row and target or more"
      ),
      (
        message { try NumberPredictions(truth: [1, 2], predicted: [1, .infinity]) },
        "row 1: the predicted number is inf; metrics need finite numbers"
      ),
    ]
    for (text, expected) in cases { #expect(text == expected) }
  }

  @Test("Forecasts count every variable of every step as a target")
  func forecasts() throws {
    let truth = Tensor<Double>(shape: [2, 3, 2], elements: (0..<12).map(Double.init))
    let numbers = try NumberPredictions(truth: truth, predicted: Tensor(shape: [2, 3, 2]))
    #expect(numbers.targetCount == 6)
    #expect(MAE().value(of: numbers) == 5.5)
  }

  @Test("Calibration bins hold their upper end, and one bin is the gap over all rows")
  func calibration() throws {
    let rows = [[0.2, 0.8], [0.6, 0.4], [0.5, 0.5], [0.1, 0.9]]
    let predictions = try ClassPredictions(truth: [1, 1, 0, 1], probabilities: Tensor(rows: rows))
    // Two bins: c ≤ 0.5 holds the third row alone, which is right; the others are right 2 of 3 times
    // with a mean confidence of 2.3/3.
    #expect(abs(try CalibrationError(bins: 2).value(of: predictions) - (0.5 + 0.3) / 4) < 1e-15)
    #expect(abs(try CalibrationError(bins: 1).value(of: predictions) - (3 - 2.8) / 4) < 1e-15)
  }
}
