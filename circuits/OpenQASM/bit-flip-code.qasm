OPENQASM 3.0;
include "stdgates.inc";
@ansatz.inputs angle[1] 0
input float[64] angle_;
qubit[5] q;
bit[2] syndrome;
ry(angle_) q[0];
cx q[0], q[1];
cx q[0], q[2];
rx(0.8) q[1];
cx q[0], q[3];
cx q[1], q[3];
cx q[1], q[4];
cx q[2], q[4];
syndrome[0] = measure q[3];
syndrome[1] = measure q[4];
if (syndrome == 1) {
  x q[0];
}
if (syndrome == 3) {
  x q[1];
}
if (syndrome == 2) {
  x q[2];
}
cx q[0], q[2];
cx q[0], q[1];
