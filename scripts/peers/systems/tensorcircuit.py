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


def done(result):
    return jax.tree_util.tree_map(lambda v: v.block_until_ready(), result)


def build(work, x, w, circuit=None):
    circuit = circuit or tc.Circuit(work.n)
    for name, qubits, angles in work.gates:
        add(circuit, name, qubits, [w[k] if kind == "w" else x[k] for kind, k in angles])
    return circuit


def forward(work, real):
    compiled = jax.jit(lambda w: build(work, None, w).state())
    return lambda: done(compiled(W.weights(work.weight_count).astype(real))), W.z0_and_p0


def shots(work, real):
    state = jax.jit(lambda w: build(work, None, w).state())(W.weights(work.weight_count).astype(real))
    cumulated = jnp.cumsum(jnp.abs(state) ** 2)
    draw = jax.jit(lambda key: jnp.searchsorted(cumulated, jax.random.uniform(key, (W.SHOTS["shots"],), real) * cumulated[-1]))
    keys = iter(jax.random.split(jax.random.PRNGKey(7), 10_000))

    def check(drawn):
        return {"z0": float(np.mean(1.0 - 2.0 * (np.asarray(drawn) >= 2 ** (work.n - 1))))}
    return lambda: done(draw(next(keys))), check


def parameter_shift(work, real):
    signs = W.z_signs(work.n)[0].astype(real)

    def z0(w):
        psi = build(work, None, w).state()
        return jnp.sum(signs * (jnp.real(psi) ** 2 + jnp.imag(psi) ** 2))

    def gradient(w):
        shift = jnp.eye(len(w), dtype=w.dtype) * (np.pi / 2)
        z = jax.vmap(z0)(jnp.concatenate([w + shift, w - shift]))
        return (z[:len(w)] - z[len(w):]) / 2
    compiled = jax.jit(gradient)
    return (lambda: done(compiled(W.weights(work.weight_count).astype(real))),
            lambda g: {"grad": float(np.linalg.norm(np.asarray(g, np.float64)))})


def kernel(work, real):
    def matrix(x):
        states = jax.vmap(lambda row: build(work, row, None).state())(x)
        products = states.conj() @ states.T
        return jnp.real(products) ** 2 + jnp.imag(products) ** 2
    compiled = jax.jit(matrix)
    return (lambda: done(compiled(W.inputs(work.batch, work.n).astype(real))),
            lambda k: {"sum": float(np.asarray(k, np.float64).sum())})


def density(work, real):
    n, p = work.n, W.DEPOLARIZING

    def noisy(w):
        circuit = tc.DMCircuit(n)
        for name, qubits, angles in work.gates:
            add(circuit, name, qubits, [w[k] for _, k in angles])
            for q in qubits:
                circuit.depolarizing(q, px=p / 3, py=p / 3, pz=p / 3)
        return circuit.state()
    compiled = jax.jit(noisy)

    def check(rho):
        rho = np.asarray(rho)
        return {"z0": float(np.real(np.diag(rho)) @ W.z_signs(n)[0]), "purity": float(np.sum(np.abs(rho) ** 2))}
    return lambda: done(compiled(W.weights(work.weight_count).astype(real))), check


def prepare(work, precision):
    tc.set_dtype("complex64" if precision == "f32" else "complex128")
    real = np.float32 if precision == "f32" else np.float64
    others = {"forward": forward, "shots": shots, "param-shift": parameter_shift, "kernel": kernel, "density": density}
    if work.kind in others:
        return others[work.kind](work, real)
    n = work.n
    signs = None if work.is_energy else W.z_signs(n).astype(real)
    goal = W.targets(work.batch, n).astype(real)

    def energy(x, w):
        psi = build(work, x[0], w).state()
        index = np.arange(2 ** n)
        bits = [1.0 - 2.0 * (index >> (n - 1 - q) & 1) for q in range(n)]
        diagonal = -sum(bits[q] * bits[q + 1] for q in range(n - 1)).astype(real)
        total = jnp.sum(diagonal * (jnp.real(psi) ** 2 + jnp.imag(psi) ** 2))
        shaped = psi.reshape((2,) * n)
        for q in range(n):
            total -= jnp.real(jnp.vdot(shaped, jnp.flip(shaped, q)))
        return total

    def outputs(x, w):
        psi = build(work, x, w).state()
        return signs @ (jnp.real(psi) ** 2 + jnp.imag(psi) ** 2)

    def loss(x, w):
        return jnp.mean((jax.vmap(outputs, (0, None))(x, w) - goal) ** 2)
    compiled = jax.jit(jax.value_and_grad(energy if work.is_energy else loss, (1,) if work.is_energy else (1, 0)))

    def run():
        return done(compiled(W.inputs(work.batch, n).astype(real), W.weights(work.weight_count).astype(real)))
    return run, lambda r: work.check(r[0], *r[1])
