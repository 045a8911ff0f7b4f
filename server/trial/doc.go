// Package trial proves from outside that the program keeps what it says it keeps: tests build the binary, run it as a
// user would, talk to it over its public socket, HTTP and command line, and meanwhile kill it, cut its lines, fill its
// disk, flip bytes of its files and start it in wrong ways. Nothing here is part of the program, and no test looks into
// the process: what is proved holds for anybody's client.
//
// # Who is who
//
//	binary    the program, built once, or given by -trial.binary
//	process   one run of it; only processes that a test started are ever killed
//	house     a data folder with people in it, served by one process after another
//	app       the real client code (wasm/link) over a real socket, with a screen that is only remembered
//	line      server/session/line, a plain client that never retries: what breaks is seen
//	network   a TCP proxy that cuts, delays and truncates
//	disk      a small mount that can be filled up
//
// # What is asserted
//
// A transcript is what somebody sees of a conversation: positions, authors, texts. After all trouble every app has said
// all it had to say; its texts stand in the transcript exactly once and in order; every side reads the same transcript;
// what the screens show is the end of it, without a gap. Texts say who wrote them and when in their author's order, so
// a loss, a double or a swap names itself.
//
// # Goroutines
//
// An app's link and screen belong to its loop; tests reach them through ask and until. Chance comes from one generator
// per test, seeded and printed; -trial.seed repeats its draws, though not the machine's timing.
//
// Tests wait for conditions, never for a time; where a time is drawn by lot it is the thing under trial. Everything is
// bounded in count and time and stays on loopback.
package trial
