"""PennyLane's lightning.qubit: adjoint gradients of the device itself, a vector-Jacobian product for each sample."""
import numpy as np
import pennylane as qml

import workloads as W
from systems.pennylane_gates import TURNS, gate

NAME = "pennylane %s lightning.qubit" % qml.__version__


def forward(work, device):
    def run():
        w = W.weights(work.weight_count)
        ops = [gate(name, qubits, [w[k] for _, k in angles]) for name, qubits, angles in work.gates]
        return device.execute([qml.tape.QuantumScript(ops, [qml.state()])])[0]
    return run, W.z0_and_p0


def parameter_shift(work, device):
    gates = list(work.elementary())

    def run():
        w = W.weights(work.weight_count)
        scripts = []
        for k in range(len(w)):
            for sign in (1, -1):
                shifted = w.copy()
                shifted[k] += sign * np.pi / 2
                ops = [gate(name, qubits, [shifted[i] for _, i in angles]) for name, qubits, angles in gates]
                scripts.append(qml.tape.QuantumScript(ops, [qml.expval(qml.Z(0))]))
        z = np.array(device.execute(scripts), dtype=np.float64).reshape(-1, 2)
        return (z[:, 0] - z[:, 1]) / 2
    return run, lambda g: {"grad": float(np.linalg.norm(g))}


def prepare(work, precision):
    n = work.n
    device = qml.device("lightning.qubit", wires=n, c_dtype=np.complex64 if precision == "f32" else np.complex128)
    if work.kind == "forward":
        return forward(work, device)
    if work.kind == "param-shift":
        return parameter_shift(work, device)
    config = device.setup_execution_config(
        qml.devices.ExecutionConfig(
            gradient_method="adjoint", use_device_gradient=True,
            use_device_jacobian_product=not work.is_energy))
    gates = list(work.elementary())
    # A gate that is written as a turn by a constant has a parameter of its own, which is not trained.
    slots = [angle for name, _, angles in gates for angle in (angles or [("constant", 0)] * (name in TURNS))]
    trained = [i for i, (kind, _) in enumerate(slots) if kind == "w" or kind == "x" and not work.is_energy]
    hamiltonian = qml.Hamiltonian(
        [c for c, _ in work.hamiltonian()],
        [qml.prod(*[{"X": qml.X, "Z": qml.Z}[p](q) for p, q in word]) if len(word) > 1 else
         {"X": qml.X, "Z": qml.Z}[word[0][0]](word[0][1]) for _, word in work.hamiltonian()]) if work.is_energy else None

    def tape(x, w):
        ops = [gate(name, qubits, [w[k] if kind == "w" else x[k] for kind, k in angles])
               for name, qubits, angles in gates]
        measured = [qml.expval(hamiltonian)] if work.is_energy else [qml.expval(qml.Z(q)) for q in range(n)]
        script = qml.tape.QuantumScript(ops, measured)
        script.trainable_params = trained
        return script

    def fold(derivatives):
        """[B, angles] by angle, to [weights] and [B, inputs]."""
        weight_gradient, input_gradient = np.zeros(work.weight_count), np.zeros((work.batch, n))
        for column, slot in enumerate(trained):
            kind, k = slots[slot]
            if kind == "w":
                weight_gradient[k] += derivatives[:, column].sum()
            else:
                input_gradient[:, k] += derivatives[:, column]
        return weight_gradient, input_gradient

    def run():
        x, w = W.inputs(work.batch, n), W.weights(work.weight_count)
        tapes = [tape(row, w) for row in x]
        if work.is_energy:
            (energy,), (gradient,) = device.execute_and_compute_derivatives(tapes, config)
            return energy, fold(np.asarray(gradient, np.float64).reshape(1, -1))[0]
        loss, upstream = W.loss_and_upstream(np.array(device.execute(tapes, config)))
        products = device.compute_vjp(tapes, [tuple(row) for row in upstream], config)
        return loss, *fold(np.array(products, dtype=np.float64).reshape(work.batch, -1))
    return run, lambda r: work.check(*r)
