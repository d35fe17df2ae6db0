OPENQASM 3.0;
include "stdgates.inc";
@ansatz.inputs angle[2] 0
input float[64] angle_0;
@ansatz.inputs angle[2] 1
input float[64] angle_1;
qubit[3] q;
ry(angle_0) q[1];
ry(angle_1) q[2];
h q[0];
cswap q[0], q[1], q[2];
h q[0];
