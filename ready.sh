#!/usr/bin/env bash
# Installs what the tests need beside Go, make and git: a browser, fonts for what it shows, a C compiler for the race
# detector, and axe, the accessibility checker, with npm. Where apt is not at hand it says what to install.
set -euo pipefail
need=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || need+=(chromium)
command -v gcc >/dev/null || need+=(gcc libc6-dev)
[ -n "$(fc-list 2>/dev/null | grep -i noto)" ] || need+=(fontconfig fonts-noto-core fonts-noto-color-emoji)
axe=build/npm/node_modules/axe-core/axe.min.js
[ -f $axe ] || command -v npm >/dev/null || need+=(npm)
if [ ${#need[@]} -eq 0 ]; then
  :
elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing ${need[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null
else
  echo "the tests need: ${need[*]}" >&2
  exit 1
fi
[ -f $axe ] || npm install --silent --no-package-lock --no-audit --no-fund --prefix build/npm axe-core@4.14.1
