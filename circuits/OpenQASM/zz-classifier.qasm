OPENQASM 3.0;
include "stdgates.inc";
gate rot(a0, a1, a2) t0 {
  rz(a0) t0;
  sdg t0;
  h t0;
  rz(a1) t0;
  h t0;
  s t0;
  rz(a2) t0;
}
@ansatz.inputs x[2] 0
input float[64] x_0;
@ansatz.inputs x[2] 1
input float[64] x_1;
@ansatz.weights w[2, 2, 3] 0
input float[64] w_0_0_0;
@ansatz.weights w[2, 2, 3] 1
input float[64] w_0_0_1;
@ansatz.weights w[2, 2, 3] 2
input float[64] w_0_0_2;
@ansatz.weights w[2, 2, 3] 3
input float[64] w_0_1_0;
@ansatz.weights w[2, 2, 3] 4
input float[64] w_0_1_1;
@ansatz.weights w[2, 2, 3] 5
input float[64] w_0_1_2;
@ansatz.weights w[2, 2, 3] 6
input float[64] w_1_0_0;
@ansatz.weights w[2, 2, 3] 7
input float[64] w_1_0_1;
@ansatz.weights w[2, 2, 3] 8
input float[64] w_1_0_2;
@ansatz.weights w[2, 2, 3] 9
input float[64] w_1_1_0;
@ansatz.weights w[2, 2, 3] 10
input float[64] w_1_1_1;
@ansatz.weights w[2, 2, 3] 11
input float[64] w_1_1_2;
qubit[2] q;
h q[0];
p(2.0*x_0) q[0];
h q[1];
p(2.0*x_1) q[1];
cx q[0], q[1];
p((2.0*(pi + ((-1.0)*x_0)))*(pi + ((-1.0)*x_1))) q[1];
cx q[0], q[1];
h q[0];
p(2.0*x_0) q[0];
h q[1];
p(2.0*x_1) q[1];
cx q[0], q[1];
p((2.0*(pi + ((-1.0)*x_0)))*(pi + ((-1.0)*x_1))) q[1];
cx q[0], q[1];
rot(w_0_0_0, w_0_0_1, w_0_0_2) q[0];
rot(w_0_1_0, w_0_1_1, w_0_1_2) q[1];
cx q[0], q[1];
cx q[1], q[0];
rot(w_1_0_0, w_1_0_1, w_1_0_2) q[0];
rot(w_1_1_0, w_1_1_1, w_1_1_2) q[1];
cx q[0], q[1];
cx q[1], q[0];
