"""qsim: C++ kernels in single precision, gates fused."""
import os

import cirq
import numpy as np
import qsimcirq

import workloads as W

NAME = "qsim " + qsimcirq.__version__


def prepare(work, precision):
    qubits = cirq.LineQubit.range(work.n)
    threads = int(os.environ.get("OMP_NUM_THREADS", "1"))
    simulator = qsimcirq.QSimSimulator(qsimcirq.QSimOptions(cpu_threads=threads, max_fused_gate_size=4))

    def trajectories():
        w = W.weights(work.weight_count)
        turns = {"RZ": cirq.rz, "RY": cirq.ry}
        circuit = cirq.Circuit()
        for name, places, angles in work.gates:
            if name == "CNOT":
                circuit.append(cirq.CNOT(*(qubits[q] for q in places)))
            else:
                for letter, (_, k) in zip(("RZ", "RY", "RZ"), angles):
                    circuit.append(turns[letter](w[k]).on(qubits[places[0]]))
            circuit.append(cirq.depolarize(W.DEPOLARIZING).on(qubits[q]) for q in places)
        circuit.append(cirq.measure(*qubits, key="all"))
        return simulator.run(circuit, repetitions=W.SHOTS["trajectories"]).measurements["all"]

    if work.kind == "trajectories":
        return trajectories, lambda bits: {"z0": float(1 - 2 * np.mean(bits[:, 0]))}

    def run():
        w = W.weights(work.weight_count)
        turns = {"RZ": cirq.rz, "RY": cirq.ry}
        circuit = cirq.Circuit()
        for name, places, angles in work.elementary():
            circuit.append(
                cirq.CZ(*(qubits[q] for q in places)) if name == "CZ" else
                turns[name](w[angles[0][1]]).on(qubits[places[0]]))
        return simulator.simulate(circuit, qubit_order=qubits).final_state_vector
    return run, lambda state: W.z0_and_p0(np.asarray(state))
