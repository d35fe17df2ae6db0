"""TensorCircuit-NG on JAX: the whole step compiled, the batch by vmap, differentiated by JAX."""
import os

os.environ.setdefault("JAX_PLATFORMS", "cpu")
from importlib.metadata import version

import jax
import jax.numpy as jnp
import numpy as np
import tensorcircuit as tc

import workloads as W
from systems.reference import CONSTANTS

tc.set_backend("jax")
NAME = "tensorcircuit-ng %s, jax %s" % (version("tensorcircuit-ng"), jax.__version__)
PRECISIONS = ("f64", "f32")
ROTATIONS = {"RX": "rx", "RY": "ry", "RZ": "rz", "Phase": "phase", "CRX": "crx", "CRY": "cry", "CRZ": "crz",
             "CPhase": "cphase", "RXX": "rxx", "RYY": "ryy", "RZZ": "rzz"}
# The rest is given as matrices: some of its own constants are of single precision.
NAMED = {"X": "x", "Y": "y", "Z": "z", "CNOT": "cnot", "CY": "cy", "CZ": "cz", "SWAP": "swap", "Toffoli": "toffoli",
         "CSWAP": "fredkin"}


def euler(a, b, c):
    """RZ(c) RY(b) RZ(a) as one matrix."""
    cosine, sine, s, d = jnp.cos(b / 2), jnp.sin(b / 2), (a + c) / 2, (a - c) / 2
    return jnp.array([[cosine * jnp.exp(-1j * s), -sine * jnp.exp(1j * d)],
                      [sine * jnp.exp(-1j * d), cosine * jnp.exp(1j * s)]])


def add(circuit, name, qubits, angles):
    if name in ROTATIONS:
        getattr(circuit, ROTATIONS[name])(*qubits, theta=angles[0])
    elif name in NAMED:
        getattr(circuit, NAMED[name])(*qubits)
    elif name == "Rot":
        circuit.unitary(*qubits, unitary=euler(*angles))
    elif name == "U":
        # The same up to a phase of the whole state.
        theta, phi, delta = angles
        circuit.unitary(*qubits, unitary=euler(delta, theta, phi))
    else:
        circuit.unitary(*qubits, unitary=jnp.array(CONSTANTS[name]))


def prepare(work, precision):
    tc.set_dtype("complex64" if precision == "f32" else "complex128")
    real = np.float32 if precision == "f32" else np.float64
    n = work.n
    signs = None if work.is_energy else W.z_signs(n).astype(real)
    goal = W.targets(work.batch, n).astype(real)

    def state(x, w):
        circuit = tc.Circuit(n)
        for name, qubits, angles in work.gates:
            add(circuit, name, qubits, [w[k] if kind == "w" else x[k] for kind, k in angles])
        return circuit.state()

    def energy(x, w):
        psi = state(x[0], w)
        total = 0.0
        index = np.arange(2 ** n)
        bits = [1.0 - 2.0 * (index >> (n - 1 - q) & 1) for q in range(n)]
        diagonal = -sum(bits[q] * bits[q + 1] for q in range(n - 1)).astype(real)
        total = jnp.sum(diagonal * (jnp.real(psi) ** 2 + jnp.imag(psi) ** 2))
        shaped = psi.reshape((2,) * n)
        for q in range(n):
            total -= jnp.real(jnp.vdot(shaped, jnp.flip(shaped, q)))
        return total

    def outputs(x, w):
        psi = state(x, w)
        return signs @ (jnp.real(psi) ** 2 + jnp.imag(psi) ** 2)

    def loss(x, w):
        return jnp.mean((jax.vmap(outputs, (0, None))(x, w) - goal) ** 2)
    compiled = jax.jit(jax.value_and_grad(energy if work.is_energy else loss, (1,) if work.is_energy else (1, 0)))

    def run():
        result = compiled(W.inputs(work.batch, n).astype(real), W.weights(work.weight_count).astype(real))
        return jax.tree_util.tree_map(lambda v: v.block_until_ready(), result)
    return run, lambda r: work.check(r[0], *r[1])
