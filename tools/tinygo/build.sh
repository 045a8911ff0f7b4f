#!/bin/sh
# build.sh OUT PKG [FLAG...]: compiles one Go package to WebAssembly with TinyGo.
# Run it from the root of the module PKG belongs to; flags go to tinygo build.
#
#	TINYGO   a TinyGo you have already, 0.42.0 or newer; otherwise install.sh makes one
set -eu
if [ $# -lt 2 ]; then
	echo "usage: build.sh OUT PKG [FLAG...]" >&2
	exit 2
fi
out=$1
pkg=$2
shift 2
version=0.42.0 # as in go.mod
here=$(cd "$(dirname "$0")" && pwd)

if [ -n "${TINYGO:-}" ]; then
	# Older ones keep every js.Value and compile new(expr) to a zero value, silently.
	have=$("$TINYGO" version | sed -n 's/^tinygo version \([0-9.]*\).*/\1/p')
	if [ "$(printf '%s\n' "$version" "$have" | sort -V | head -n 1)" != "$version" ]; then
		echo "build.sh: $TINYGO is version ${have:-unknown}; $version or newer is needed" >&2
		exit 1
	fi
	tinygo=$TINYGO
	target=wasm
else
	"$here/install.sh"
	TINYGOROOT=${BESEDA_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/beseda-tools}/tinygo-$version
	export TINYGOROOT
	tinygo=$TINYGOROOT/bin/tinygo
	target=$TINYGOROOT/beseda.json
fi

# -panic=trap saves a fifth of the size: a panic ends the instance without a
# text, and the page starts a fresh one.
GOWORK=off GO111MODULE=on "$tinygo" build -target "$target" \
	-no-debug -opt=z -panic=trap "$@" -o "$out" "$pkg"
# The names of functions, which -no-debug leaves, are 2 KB brotli. TinyGo has
# called wasm-opt itself, so it is there.
exec "${WASMOPT:-wasm-opt}" --strip-debug --strip-producers "$out" -o "$out"
