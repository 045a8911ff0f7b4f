#!/bin/sh
# Makes TinyGo 0.42.0 with LLVM 22 on Debian 12, into a cache folder outside the
# repository. Prints nothing when all is there already.
#
#	BESEDA_TOOLS   the cache folder; ${XDG_CACHE_HOME:-~/.cache}/beseda-tools by default
#
# Why built here: Debian has no TinyGo, and 0.41 keeps every js.Value forever.
set -eu
version=0.42.0 # as in go.mod
here=$(cd "$(dirname "$0")" && pwd)
tools=${BESEDA_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/beseda-tools}
dest=$tools/tinygo-$version

libc=/usr/lib/wasm32-wasi/libc.a
builtins=/usr/lib/llvm-22/lib/clang/22/lib/wasi/libclang_rt.builtins-wasm32.a
packages="llvm-22-dev libclang-22-dev clang-22 lld-22 libclang-rt-22-dev-wasm32 wasi-libc build-essential binaryen"

say() { echo "tinygo: $*" >&2; }
missing() {
	for p in $packages; do
		dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q ' installed$' || printf ' %s' "$p"
	done
}

need=$(missing)
if [ -n "$need" ]; then
	if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
		say "please install first:"
		say "  apt-get install --no-install-recommends$need"
		exit 1
	fi
	say "installing$need"
	apt-get update -qq >&2
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $need >&2
fi

# The stamp is this folder's own sum: who changes a script or a pin builds anew.
stamp=$(cd "$here" && cat install.sh assert.c go.mod go.sum | cksum)
same() { [ "$(cat "$dest/stamp" 2>/dev/null)" = "$stamp" ]; }
if same; then exit 0; fi

mkdir -p "$tools"
exec 9>"$dest.lock"
flock 9 # two makes at once: the second waits, then finds all done
if same; then exit 0; fi

new=$dest.new
if [ -d "$new" ]; then chmod -R u+w "$new" && rm -rf "$new"; fi
mkdir -p "$new/bin"

say "building the compiler (1 to 2 minutes)"
cd "$here"
# The product's own GOOS=js and GOFLAGS must not reach the compiler's build.
env -u GOOS -u GOARCH GOFLAGS= CGO_ENABLED=1 \
	go build -trimpath -buildvcs=false -tags llvm22 -o "$new/bin/tinygo" github.com/tinygo-org/tinygo

# TINYGOROOT: writable, because module folders are not, and with the submodule
# src/net as an empty folder, because module zips carry no submodules.
module=$(GOFLAGS= go list -m -f '{{.Dir}}' github.com/tinygo-org/tinygo)
cp -R "$module/src" "$module/targets" "$module/lib" "$new/"
chmod -R u+w "$new"
mkdir -p "$new/src/net"
cp "$new/targets/wasm_exec.js" "$new/wasm_exec_tinygo.js"

# TinyGo would build libc, compiler-rt and the Boehm collector from submodules;
# Debian has the first two ready, and the third is not used (gc: precise).
sed -e '/"libc":/d' -e '/"rtlib":/d' -e '/gc_boehm\.c/d' \
	-e 's|\("src/runtime/asm_tinygowasm\.S"\),|\1|' \
	-e "s|\"--no-demangle\"|&, \"$dest/assert.o\", \"$libc\", \"$builtins\"|" \
	"$module/targets/wasm.json" >"$new/beseda.json"
clang-22 --target=wasm32-unknown-wasip1 -Oz -c "$here/assert.c" -o "$new/assert.o"

echo "$stamp" >"$new/stamp"
if [ -d "$dest" ]; then rm -rf "$dest"; fi
mv "$new" "$dest"
say "ready in $dest"
