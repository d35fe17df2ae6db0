OPENQASM 2.0;
include "qelib1.inc";
gate mcphase(param0) q0,q1 { cp(-pi/4) q0,q1; }
gate mcphase_140368529946960(param0) q0,q1 { cp(pi/4) q0,q1; }
gate mcphase_140368529947408(param0) q0,q1 { cp(pi/4) q0,q1; }
gate mcphase_140368529947536(param0) q0,q1 { cp(pi/4) q0,q1; }
gate mcphase_140368529947792(param0) q0,q1 { cp(pi/4) q0,q1; }
gate mcphase_140368529948048(param0) q0,q1 { cp(pi/4) q0,q1; }
gate mcphase_140368529947088(param0) q0,q1 { cp(pi/4) q0,q1; }
gate mcphase_140368529948112(param0) q0,q1 { cp(pi/4) q0,q1; }
gate mcphase_140368529948496(param0) q0,q1 { cp(pi/4) q0,q1; }
gate mcphase_140368529944528(param0) q0,q1 { cp(pi/4) q0,q1; }
gate mcphase_140368529943120(param0) q0,q1 { cp(pi/4) q0,q1; }
gate mcphase_140368529943952(param0) q0,q1 { cp(pi/4) q0,q1; }
gate mcphase_140368529943056(param0) q0,q1 { cp(pi/4) q0,q1; }
gate mcphase_140368529943440(param0) q0,q1 { cp(pi/4) q0,q1; }
gate mcphase_140368529943376(param0) q0,q1 { cp(pi/4) q0,q1; }
gate mcphase_140368529943760(param0) q0,q1 { cp(pi/4) q0,q1; }
gate mcphase_140368529942736(param0) q0,q1 { cp(pi/4) q0,q1; }
gate ccircuit_4536 q0,q1,q2,q3,q4,q5,q6 { ccx q0,q1,q3; ccx q0,q2,q4; ccx q0,q1,q6; s q1; h q1; t q1; cx q0,q1; tdg q1; h q1; sdg q1; ccx q0,q3,q1; mcphase(-pi/4) q0,q1; ccx q0,q6,q1; mcphase_140368529946960(pi/4) q0,q1; ccx q0,q3,q1; mcphase(-pi/4) q0,q1; mcphase_140368529947408(pi/4) q0,q3; ccx q0,q6,q1; mcphase_140368529947536(pi/4) q0,q1; s q1; h q1; t q1; cx q0,q1; tdg q1; h q1; sdg q1; ccx q0,q2,q1; s q2; h q2; t q2; cx q0,q2; tdg q2; h q2; sdg q2; ccx q0,q4,q2; mcphase(-pi/4) q0,q2; ccx q0,q1,q2; mcphase_140368529947792(pi/4) q0,q2; ccx q0,q4,q2; mcphase(-pi/4) q0,q2; ccx q0,q1,q2; mcphase_140368529948048(pi/4) q0,q2; s q2; h q2; t q2; cx q0,q2; tdg q2; h q2; sdg q2; ccx q0,q2,q5; s q2; h q2; t q2; cx q0,q2; tdg q2; h q2; sdg q2; mcphase_140368529947088(pi/4) q0,q4; ccx q0,q1,q4; mcphase_140368529948112(pi/4) q0,q1; mcphase(-pi/4) q0,q4; ccx q0,q1,q4; ccx q0,q4,q2; mcphase(-pi/4) q0,q2; ccx q0,q1,q2; mcphase_140368529948496(pi/4) q0,q2; ccx q0,q4,q2; mcphase(-pi/4) q0,q2; ccx q0,q1,q2; mcphase_140368529944528(pi/4) q0,q2; s q2; h q2; t q2; cx q0,q2; tdg q2; h q2; sdg q2; mcphase_140368529943120(pi/4) q0,q4; ccx q0,q1,q4; mcphase_140368529943952(pi/4) q0,q1; mcphase(-pi/4) q0,q4; ccx q0,q1,q4; ccx q0,q2,q1; ccx q0,q1,q4; s q1; h q1; t q1; cx q0,q1; tdg q1; h q1; sdg q1; ccx q0,q6,q3; mcphase(-pi/4) q0,q3; mcphase_140368529943056(pi/4) q0,q6; ccx q0,q6,q3; ccx q0,q3,q1; mcphase(-pi/4) q0,q1; ccx q0,q6,q1; mcphase_140368529943440(pi/4) q0,q1; ccx q0,q3,q1; mcphase(-pi/4) q0,q1; mcphase_140368529943376(pi/4) q0,q3; ccx q0,q6,q1; mcphase_140368529943760(pi/4) q0,q1; s q1; h q1; t q1; cx q0,q1; tdg q1; h q1; sdg q1; ccx q0,q6,q3; mcphase(-pi/4) q0,q3; mcphase_140368529942736(pi/4) q0,q6; ccx q0,q6,q3; ccx q0,q1,q6; ccx q0,q6,q3; }
qreg a[2];
qreg b[2];
qreg out[4];
qreg helper[1];
creg meas[9];
ccircuit_4536 a[0],b[0],b[1],out[0],out[1],out[2],helper[0];
ccircuit_4536 a[1],b[0],b[1],out[1],out[2],out[3],helper[0];
barrier a[0],a[1],b[0],b[1],out[0],out[1],out[2],out[3],helper[0];
measure a[0] -> meas[0];
measure a[1] -> meas[1];
measure b[0] -> meas[2];
measure b[1] -> meas[3];
measure out[0] -> meas[4];
measure out[1] -> meas[5];
measure out[2] -> meas[6];
measure out[3] -> meas[7];
measure helper[0] -> meas[8];