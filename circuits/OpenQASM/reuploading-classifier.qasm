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
@ansatz.weights reuploading.scale[3, 2, 3] 0
input float[64] reuploading_scale_0_0_0;
@ansatz.inputs x[4] 0
input float[64] x_0;
@ansatz.weights reuploading.shift[3, 2, 3] 0
input float[64] reuploading_shift_0_0_0;
@ansatz.weights reuploading.scale[3, 2, 3] 1
input float[64] reuploading_scale_0_0_1;
@ansatz.inputs x[4] 1
input float[64] x_1;
@ansatz.weights reuploading.shift[3, 2, 3] 1
input float[64] reuploading_shift_0_0_1;
@ansatz.weights reuploading.scale[3, 2, 3] 2
input float[64] reuploading_scale_0_0_2;
@ansatz.inputs x[4] 2
input float[64] x_2;
@ansatz.weights reuploading.shift[3, 2, 3] 2
input float[64] reuploading_shift_0_0_2;
@ansatz.weights reuploading.scale[3, 2, 3] 3
input float[64] reuploading_scale_0_1_0;
@ansatz.inputs x[4] 3
input float[64] x_3;
@ansatz.weights reuploading.shift[3, 2, 3] 3
input float[64] reuploading_shift_0_1_0;
@ansatz.weights reuploading.shift[3, 2, 3] 4
input float[64] reuploading_shift_0_1_1;
@ansatz.weights reuploading.shift[3, 2, 3] 5
input float[64] reuploading_shift_0_1_2;
@ansatz.weights reuploading.scale[3, 2, 3] 6
input float[64] reuploading_scale_1_0_0;
@ansatz.weights reuploading.shift[3, 2, 3] 6
input float[64] reuploading_shift_1_0_0;
@ansatz.weights reuploading.scale[3, 2, 3] 7
input float[64] reuploading_scale_1_0_1;
@ansatz.weights reuploading.shift[3, 2, 3] 7
input float[64] reuploading_shift_1_0_1;
@ansatz.weights reuploading.scale[3, 2, 3] 8
input float[64] reuploading_scale_1_0_2;
@ansatz.weights reuploading.shift[3, 2, 3] 8
input float[64] reuploading_shift_1_0_2;
@ansatz.weights reuploading.scale[3, 2, 3] 9
input float[64] reuploading_scale_1_1_0;
@ansatz.weights reuploading.shift[3, 2, 3] 9
input float[64] reuploading_shift_1_1_0;
@ansatz.weights reuploading.shift[3, 2, 3] 10
input float[64] reuploading_shift_1_1_1;
@ansatz.weights reuploading.shift[3, 2, 3] 11
input float[64] reuploading_shift_1_1_2;
@ansatz.weights reuploading.scale[3, 2, 3] 12
input float[64] reuploading_scale_2_0_0;
@ansatz.weights reuploading.shift[3, 2, 3] 12
input float[64] reuploading_shift_2_0_0;
@ansatz.weights reuploading.scale[3, 2, 3] 13
input float[64] reuploading_scale_2_0_1;
@ansatz.weights reuploading.shift[3, 2, 3] 13
input float[64] reuploading_shift_2_0_1;
@ansatz.weights reuploading.scale[3, 2, 3] 14
input float[64] reuploading_scale_2_0_2;
@ansatz.weights reuploading.shift[3, 2, 3] 14
input float[64] reuploading_shift_2_0_2;
@ansatz.weights reuploading.scale[3, 2, 3] 15
input float[64] reuploading_scale_2_1_0;
@ansatz.weights reuploading.shift[3, 2, 3] 15
input float[64] reuploading_shift_2_1_0;
@ansatz.weights reuploading.shift[3, 2, 3] 16
input float[64] reuploading_shift_2_1_1;
@ansatz.weights reuploading.shift[3, 2, 3] 17
input float[64] reuploading_shift_2_1_2;
qubit[2] q;
rot(reuploading_scale_0_0_0*x_0 + reuploading_shift_0_0_0, reuploading_scale_0_0_1*x_1 + reuploading_shift_0_0_1, reuploading_scale_0_0_2*x_2 + reuploading_shift_0_0_2) q[0];
rot(reuploading_scale_0_1_0*x_3 + reuploading_shift_0_1_0, reuploading_shift_0_1_1, reuploading_shift_0_1_2) q[1];
cz q[0], q[1];
rot(reuploading_scale_1_0_0*x_0 + reuploading_shift_1_0_0, reuploading_scale_1_0_1*x_1 + reuploading_shift_1_0_1, reuploading_scale_1_0_2*x_2 + reuploading_shift_1_0_2) q[0];
rot(reuploading_scale_1_1_0*x_3 + reuploading_shift_1_1_0, reuploading_shift_1_1_1, reuploading_shift_1_1_2) q[1];
cz q[0], q[1];
rot(reuploading_scale_2_0_0*x_0 + reuploading_shift_2_0_0, reuploading_scale_2_0_1*x_1 + reuploading_shift_2_0_1, reuploading_scale_2_0_2*x_2 + reuploading_shift_2_0_2) q[0];
rot(reuploading_scale_2_1_0*x_3 + reuploading_shift_2_1_0, reuploading_shift_2_1_1, reuploading_shift_2_1_2) q[1];
cz q[0], q[1];
