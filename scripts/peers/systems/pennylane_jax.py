"""PennyLane's default.qubit on JAX: the whole step compiled, the batch broadcast, differentiated by JAX."""
import os

os.environ.setdefault("JAX_PLATFORMS", "cpu")
import jax
import jax.numpy as jnp
import numpy as np
import pennylane as qml

import workloads as W
from systems.pennylane_gates import gate

NAME = "pennylane %s default.qubit, jax %s" % (qml.__version__, jax.__version__)


def prepare(work, precision):
    jax.config.update("jax_enable_x64", precision == "f64")
    real = np.float32 if precision == "f32" else np.float64
    n = work.n
    goal = W.targets(work.batch, n).astype(real)
    letters = {"X": qml.X, "Z": qml.Z}

    @qml.qnode(qml.device("default.qubit", wires=n), interface="jax", diff_method="backprop")
    def circuit(x, w):
        for name, qubits, angles in work.gates:
            gate(name, qubits, [w[k] if kind == "w" else x[..., k] for kind, k in angles])
        if work.is_energy:
            terms = [(c, [letters[p](q) for p, q in word]) for c, word in work.hamiltonian()]
            return qml.expval(
                qml.Hamiltonian([c for c, _ in terms], [qml.prod(*f) if len(f) > 1 else f[0] for _, f in terms]))
        return [qml.expval(qml.Z(q)) for q in range(n)]

    def loss(x, w):
        if work.is_energy:
            return jnp.real(circuit(x[0], w))
        return jnp.mean((jnp.stack(circuit(x, w), 1) - goal) ** 2)
    compiled = jax.jit(jax.value_and_grad(loss, (1,) if work.is_energy else (1, 0)))

    def run():
        result = compiled(W.inputs(work.batch, n).astype(real), W.weights(work.weight_count).astype(real))
        return jax.tree_util.tree_map(lambda v: v.block_until_ready(), result)
    return run, lambda r: work.check(r[0], *r[1])
