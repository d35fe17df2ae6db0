"""PennyLane's second derivatives: the Hessian by JAX, the metric tensor by `qml.adjoint_metric_tensor`, the fastest of
its ways for each."""
import os

os.environ.setdefault("JAX_PLATFORMS", "cpu")
import jax
import numpy as np
import pennylane as qml
from pennylane import numpy as differentiable

import workloads as W
from systems.pennylane_gates import gate

NAME = "pennylane %s default.qubit, jax %s" % (qml.__version__, jax.__version__)


def prepare(work, precision):
    jax.config.update("jax_enable_x64", True)
    letters = {"X": qml.X, "Z": qml.Z}
    terms = [(c, [letters[p](q) for p, q in word]) for c, word in work.hamiltonian()]
    energy = qml.Hamiltonian([c for c, _ in terms], [qml.prod(*f) if len(f) > 1 else f[0] for _, f in terms])

    def circuit(w):
        for name, qubits, angles in work.elementary():
            gate(name, qubits, [w[k] for _, k in angles])
        return qml.expval(energy)

    device = qml.device("default.qubit", wires=work.n)
    if work.name == "hessian":
        node = qml.QNode(circuit, device, interface="jax", diff_method="backprop")
        call, array = jax.jit(jax.hessian(lambda w: jax.numpy.real(node(w)))), jax.numpy.asarray
    else:
        # Its JAX interface needs an older JAX than its devices.
        call = qml.adjoint_metric_tensor(qml.QNode(circuit, device, interface="autograd"))
        array = differentiable.array

    def run():
        return np.asarray(call(array(W.weights(work.weight_count))))
    return run, W.matrix_check
