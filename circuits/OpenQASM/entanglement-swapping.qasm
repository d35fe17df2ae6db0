OPENQASM 3.0;
include "stdgates.inc";
qubit[4] q;
bit[2] bell;
h q[0];
cx q[0], q[1];
h q[2];
cx q[2], q[3];
cx q[1], q[2];
h q[1];
bell[0] = measure q[1];
bell[1] = measure q[2];
if (bell[1]) {
  x q[3];
}
if (bell[0]) {
  z q[3];
}
