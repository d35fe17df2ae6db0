OPENQASM 3.0;
include "stdgates.inc";
gate rzz(a0) t0, t1 {
  cx t0, t1;
  rz(a0) t1;
  cx t0, t1;
}
gate rxx(a0) t0, t1 {
  h t0;
  h t1;
  cx t0, t1;
  rz(a0) t1;
  cx t0, t1;
  h t0;
  h t1;
}
gate ryy(a0) t0, t1 {
  sdg t0;
  h t0;
  sdg t1;
  h t1;
  cx t0, t1;
  rz(a0) t1;
  cx t0, t1;
  h t0;
  s t0;
  h t1;
  s t1;
}
@ansatz.inputs x[4] 0
input float[64] x_0;
@ansatz.inputs x[4] 1
input float[64] x_1;
@ansatz.inputs x[4] 2
input float[64] x_2;
@ansatz.inputs x[4] 3
input float[64] x_3;
@ansatz.weights convolution[2, 5] 0
input float[64] convolution_0_0;
@ansatz.weights convolution[2, 5] 1
input float[64] convolution_0_1;
@ansatz.weights convolution[2, 5] 2
input float[64] convolution_0_2;
@ansatz.weights convolution[2, 5] 3
input float[64] convolution_0_3;
@ansatz.weights convolution[2, 5] 4
input float[64] convolution_0_4;
@ansatz.weights pooling[2, 2] 0
input float[64] pooling_0_0;
@ansatz.weights pooling[2, 2] 1
input float[64] pooling_0_1;
@ansatz.weights convolution[2, 5] 5
input float[64] convolution_1_0;
@ansatz.weights convolution[2, 5] 6
input float[64] convolution_1_1;
@ansatz.weights convolution[2, 5] 7
input float[64] convolution_1_2;
@ansatz.weights convolution[2, 5] 8
input float[64] convolution_1_3;
@ansatz.weights convolution[2, 5] 9
input float[64] convolution_1_4;
@ansatz.weights pooling[2, 2] 2
input float[64] pooling_1_0;
@ansatz.weights pooling[2, 2] 3
input float[64] pooling_1_1;
qubit[4] q;
ry((pi)*x_0) q[0];
ry((pi)*x_1) q[1];
ry((pi)*x_2) q[2];
ry((pi)*x_3) q[3];
ry(convolution_0_0) q[0];
ry(convolution_0_1) q[1];
rzz(convolution_0_2) q[0], q[1];
rxx(convolution_0_3) q[0], q[1];
ryy(convolution_0_4) q[0], q[1];
ry(convolution_0_0) q[2];
ry(convolution_0_1) q[3];
rzz(convolution_0_2) q[2], q[3];
rxx(convolution_0_3) q[2], q[3];
ryy(convolution_0_4) q[2], q[3];
ry(convolution_0_0) q[1];
ry(convolution_0_1) q[2];
rzz(convolution_0_2) q[1], q[2];
rxx(convolution_0_3) q[1], q[2];
ryy(convolution_0_4) q[1], q[2];
ry(convolution_0_0) q[3];
ry(convolution_0_1) q[0];
rzz(convolution_0_2) q[3], q[0];
rxx(convolution_0_3) q[3], q[0];
ryy(convolution_0_4) q[3], q[0];
crz(pooling_0_0) q[0], q[1];
negctrl @ rx(pooling_0_1) q[0], q[1];
crz(pooling_0_0) q[2], q[3];
negctrl @ rx(pooling_0_1) q[2], q[3];
ry(convolution_1_0) q[1];
ry(convolution_1_1) q[3];
rzz(convolution_1_2) q[1], q[3];
rxx(convolution_1_3) q[1], q[3];
ryy(convolution_1_4) q[1], q[3];
crz(pooling_1_0) q[1], q[3];
negctrl @ rx(pooling_1_1) q[1], q[3];
