OPENQASM 3.0;
include "stdgates.inc";
gate rzz(a0) t0, t1 {
  cx t0, t1;
  rz(a0) t1;
  cx t0, t1;
}
@ansatz.weights coupling[2] 0
input float[64] coupling_0;
@ansatz.weights field[2] 0
input float[64] field_0;
@ansatz.weights coupling[2] 1
input float[64] coupling_1;
@ansatz.weights field[2] 1
input float[64] field_1;
qubit[4] q;
h q[0];
h q[1];
h q[2];
h q[3];
rzz(coupling_0) q[0], q[1];
rzz(coupling_0) q[1], q[2];
rzz(coupling_0) q[2], q[3];
rzz(coupling_0) q[3], q[0];
rx(field_0) q[0];
rx(field_0) q[1];
rx(field_0) q[2];
rx(field_0) q[3];
rzz(coupling_1) q[0], q[1];
rzz(coupling_1) q[1], q[2];
rzz(coupling_1) q[2], q[3];
rzz(coupling_1) q[3], q[0];
rx(field_1) q[0];
rx(field_1) q[1];
rx(field_1) q[2];
rx(field_1) q[3];
