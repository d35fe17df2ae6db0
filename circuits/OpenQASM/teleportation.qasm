OPENQASM 3.0;
include "stdgates.inc";
@ansatz.inputs angles[2] 0
input float[64] angles_0;
@ansatz.inputs angles[2] 1
input float[64] angles_1;
qubit[3] q;
bit[2] sent;
ry(angles_0) q[0];
rz(angles_1) q[0];
h q[1];
cx q[1], q[2];
cx q[0], q[1];
h q[0];
sent[0] = measure q[0];
sent[1] = measure q[1];
if (sent[1]) {
  x q[2];
}
if (sent[0]) {
  z q[2];
}
