OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
bit[4] estimate;
x q[1];
reset q[0];
h q[0];
cp(5*pi) q[0], q[1];
h q[0];
estimate[0] = measure q[0];
reset q[0];
h q[0];
cp(5*pi/2) q[0], q[1];
if (estimate[0]) {
  p(-pi/2) q[0];
}
h q[0];
estimate[1] = measure q[0];
reset q[0];
h q[0];
cp(5*pi/4) q[0], q[1];
if (estimate[0]) {
  p(-pi/4) q[0];
}
if (estimate[1]) {
  p(-pi/2) q[0];
}
h q[0];
estimate[2] = measure q[0];
reset q[0];
h q[0];
cp(5*pi/8) q[0], q[1];
if (estimate[0]) {
  p(-pi/8) q[0];
}
if (estimate[1]) {
  p(-pi/4) q[0];
}
if (estimate[2]) {
  p(-pi/2) q[0];
}
h q[0];
estimate[3] = measure q[0];
