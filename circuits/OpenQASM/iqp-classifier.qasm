OPENQASM 3.0;
include "stdgates.inc";
gate rzz(a0) t0, t1 {
  cx t0, t1;
  rz(a0) t1;
  cx t0, t1;
}
gate rot(a0, a1, a2) t0 {
  rz(a0) t0;
  sdg t0;
  h t0;
  rz(a1) t0;
  h t0;
  s t0;
  rz(a2) t0;
}
@ansatz.inputs x[3] 0
input float[64] x_0;
@ansatz.inputs x[3] 1
input float[64] x_1;
@ansatz.inputs x[3] 2
input float[64] x_2;
@ansatz.weights strong[2, 3, 3] 0
input float[64] strong_0_0_0;
@ansatz.weights strong[2, 3, 3] 1
input float[64] strong_0_0_1;
@ansatz.weights strong[2, 3, 3] 2
input float[64] strong_0_0_2;
@ansatz.weights strong[2, 3, 3] 3
input float[64] strong_0_1_0;
@ansatz.weights strong[2, 3, 3] 4
input float[64] strong_0_1_1;
@ansatz.weights strong[2, 3, 3] 5
input float[64] strong_0_1_2;
@ansatz.weights strong[2, 3, 3] 6
input float[64] strong_0_2_0;
@ansatz.weights strong[2, 3, 3] 7
input float[64] strong_0_2_1;
@ansatz.weights strong[2, 3, 3] 8
input float[64] strong_0_2_2;
@ansatz.weights strong[2, 3, 3] 9
input float[64] strong_1_0_0;
@ansatz.weights strong[2, 3, 3] 10
input float[64] strong_1_0_1;
@ansatz.weights strong[2, 3, 3] 11
input float[64] strong_1_0_2;
@ansatz.weights strong[2, 3, 3] 12
input float[64] strong_1_1_0;
@ansatz.weights strong[2, 3, 3] 13
input float[64] strong_1_1_1;
@ansatz.weights strong[2, 3, 3] 14
input float[64] strong_1_1_2;
@ansatz.weights strong[2, 3, 3] 15
input float[64] strong_1_2_0;
@ansatz.weights strong[2, 3, 3] 16
input float[64] strong_1_2_1;
@ansatz.weights strong[2, 3, 3] 17
input float[64] strong_1_2_2;
qubit[3] q;
h q[0];
h q[1];
h q[2];
rz(x_0) q[0];
rz(x_1) q[1];
rz(x_2) q[2];
rzz(x_0*x_1) q[0], q[1];
rzz(x_0*x_2) q[0], q[2];
rzz(x_1*x_2) q[1], q[2];
rot(strong_0_0_0, strong_0_0_1, strong_0_0_2) q[0];
rot(strong_0_1_0, strong_0_1_1, strong_0_1_2) q[1];
rot(strong_0_2_0, strong_0_2_1, strong_0_2_2) q[2];
cx q[0], q[1];
cx q[1], q[2];
cx q[2], q[0];
rot(strong_1_0_0, strong_1_0_1, strong_1_0_2) q[0];
rot(strong_1_1_0, strong_1_1_1, strong_1_1_2) q[1];
rot(strong_1_2_0, strong_1_2_1, strong_1_2_2) q[2];
cx q[0], q[2];
cx q[1], q[0];
cx q[2], q[1];
