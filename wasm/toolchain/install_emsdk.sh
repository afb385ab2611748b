#!/bin/bash
# install_emsdk.sh FOLDER VERSION: the official Emscripten SDK, for systems other than Debian.
# FOLDER/installed, written last, marks a complete one.
set -euo pipefail
FOLDER=$1
VERSION=$2

mkdir -p "$(dirname "$FOLDER")"
if command -v flock > /dev/null; then exec 9> "$FOLDER.lock"; flock 9; fi
[ ! -f "$FOLDER/installed" ] || exit 0
rm -rf "$FOLDER"
git clone --quiet --depth 1 --branch "$VERSION" \
  https://github.com/emscripten-core/emsdk.git "$FOLDER"
"$FOLDER/emsdk" install "$VERSION"
"$FOLDER/emsdk" activate "$VERSION"
touch "$FOLDER/installed"
