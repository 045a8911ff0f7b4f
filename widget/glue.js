// What a program of TinyGo without scheduler and time asks of the page, under the names that Go's own wasm_exec.js
// has, so that bridge.js need not know which compiler made the program.
class Go {
	importObject = {
		wasi_snapshot_preview1: {
			fd_write: () => 8, // there is nowhere to write: EBADF
			fd_close: () => 8,
			fd_seek: () => 8,
			proc_exit: () => {
				throw Error('exit');
			},
			random_get: (at, size) => {
				crypto.getRandomValues(new Uint8Array(this.memory.buffer, at >>> 0, size >>> 0));
				return 0;
			},
		},
	};

	// run never settles: such a program waits for calls until it traps.
	run(instance) {
		this.memory = instance.exports.memory;
		instance.exports._initialize();
		return new Promise(() => {});
	}
}
