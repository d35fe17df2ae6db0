OPENQASM 3.0;
include "stdgates.inc";
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
gate rzz(a0) t0, t1 {
  cx t0, t1;
  rz(a0) t1;
  cx t0, t1;
}
qubit[3] q;
x q[0];
rxx(0.5) q[0], q[1];
ryy(0.5) q[0], q[1];
rzz(0.5) q[0], q[1];
rxx(0.5) q[1], q[2];
ryy(0.5) q[1], q[2];
rzz(0.5) q[1], q[2];
rxx(0.5) q[0], q[1];
ryy(0.5) q[0], q[1];
rzz(0.5) q[0], q[1];
rxx(0.5) q[1], q[2];
ryy(0.5) q[1], q[2];
rzz(0.5) q[1], q[2];
rxx(0.5) q[0], q[1];
ryy(0.5) q[0], q[1];
rzz(0.5) q[0], q[1];
rxx(0.5) q[1], q[2];
ryy(0.5) q[1], q[2];
rzz(0.5) q[1], q[2];
rxx(0.5) q[0], q[1];
ryy(0.5) q[0], q[1];
rzz(0.5) q[0], q[1];
rxx(0.5) q[1], q[2];
ryy(0.5) q[1], q[2];
rzz(0.5) q[1], q[2];
