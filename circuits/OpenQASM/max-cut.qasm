OPENQASM 3.0;
include "stdgates.inc";
gate rzz(a0) t0, t1 {
  cx t0, t1;
  rz(a0) t1;
  cx t0, t1;
}
@ansatz.weights gamma[2] 0
input float[64] gamma_0;
@ansatz.weights beta[2] 0
input float[64] beta_0;
@ansatz.weights gamma[2] 1
input float[64] gamma_1;
@ansatz.weights beta[2] 1
input float[64] beta_1;
qubit[4] q;
h q[0];
h q[1];
h q[2];
h q[3];
rzz(gamma_0) q[0], q[1];
rzz(gamma_0) q[1], q[2];
rzz(gamma_0) q[2], q[3];
rzz(gamma_0) q[3], q[0];
rx(2.0*beta_0) q[0];
rx(2.0*beta_0) q[1];
rx(2.0*beta_0) q[2];
rx(2.0*beta_0) q[3];
rzz(gamma_1) q[0], q[1];
rzz(gamma_1) q[1], q[2];
rzz(gamma_1) q[2], q[3];
rzz(gamma_1) q[3], q[0];
rx(2.0*beta_1) q[0];
rx(2.0*beta_1) q[1];
rx(2.0*beta_1) q[2];
rx(2.0*beta_1) q[3];
