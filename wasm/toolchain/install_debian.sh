#!/bin/bash
# install_debian.sh PREFIX [--without-emscripten]
# Unpacks what the build needs from Debian testing into a private prefix, without root and without touching the system: Emscripten with its LLVM and
# Binaryen, clang-format and clang-tidy, Eigen, nlohmann-json, GoogleTest, Unicode's tables. The
# unpacked programs run with the glibc unpacked beside them, so nothing of the base system has to be
# upgraded. PREFIX/env.json, written last, marks a complete prefix and says where everything is.
# Paths are baked in: do not move it.
set -euo pipefail
export LC_ALL=C

PREFIX=$1
SUITE=forky
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
ROOT=$PREFIX/root
APT=$PREFIX/apt
LIB=$ROOT/usr/lib/x86_64-linux-gnu
LOADER=$LIB/ld-linux-x86-64.so.2

say() { echo "[toolchain] $*"; }
die() { say "$*" >&2; exit 1; }

WITH_EMSCRIPTEN=1
[ "${2:-}" = --without-emscripten ] && WITH_EMSCRIPTEN=

# The machine's own apt sources name the mirror, also where apt has no lists yet.
find_mirror() {
  apt-get update --print-uris 2> /dev/null | sed -n "s|^'\(.*/debian/*\)/dists/.*|\1|p" | head -1
}

# An apt of our own: its lists, status and cache live in PREFIX; the machine's proxy and certificate
# settings still hold.
write_apt_config() {
  local mirror
  mirror=$(find_mirror)
  [ -n "$mirror" ] || die "apt's sources name no Debian mirror (a line ending in /debian)"
  mkdir -p "$APT/lists/partial" "$APT/cache/archives/partial" "$APT/debs"
  : > "$APT/status"
  echo "deb [signed-by=$KEYRING] $mirror $SUITE main" > "$APT/sources.list"
  APT_OPTIONS=(-o "Dir::Etc::sourcelist=$APT/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null
    -o "Dir::State::lists=$APT/lists" -o "Dir::State::status=$APT/status" -o "Dir::Cache=$APT/cache"
    -o APT::Architecture=amd64 -o APT::Architectures=amd64 -o Debug::NoLocking=1
    -o Acquire::Languages=none -o Acquire::Retries=3)
  if [ "$(id -u)" = 0 ]; then APT_OPTIONS+=(-o APT::Sandbox::User=root); fi
}

# A frozen mirror serves a Release file past its Valid-Until date. Its signature is still checked.
update_lists() {
  local log=$APT/update.log
  say "reading Debian $SUITE's package lists"
  apt-get "${APT_OPTIONS[@]}" -qq -o APT::Update::Error-Mode=any update 2> "$log" && return
  grep -q 'is expired' "$log" || { cat "$log" >&2; die "apt-get update failed"; }
  say "the mirror's Release file is past its date: reading it all the same (signatures are checked)"
  APT_OPTIONS+=(-o Acquire::Check-Valid-Until=false)
  apt-get "${APT_OPTIONS[@]}" -qq -o APT::Update::Error-Mode=any update ||
    die "apt-get update failed"
}

show() { apt-cache "${APT_OPTIONS[@]}" show --no-all-versions "$1" 2>/dev/null || true; }

dependencies() {
  show "$1" | sed -n 's/^\(Pre-\)\?Depends: //p' | tr ',' '\n' |
    sed 's/|.*//; s/(.*//; s/:any//; s/ //g'
}

# The closure of the packages we want over run-time libraries alone: no compilers, interpreters or
# development files.
find_packages() {
  LLVM=$(show emscripten | sed -n 's/^Depends:.*clang-\([0-9]*\).*/\1/p' | head -1)
  [ -n "$LLVM" ] || die "Debian $SUITE has no emscripten on this mirror"
  local todo=("clang-format-$LLVM" "clang-tidy-$LLVM" patchelf
    libeigen3-dev nlohmann-json3-dev googletest unicode-data)
  if [ -n "$WITH_EMSCRIPTEN" ]; then
    todo+=(emscripten binaryen "clang-$LLVM" "lld-$LLVM" "llvm-$LLVM" node-acorn node-xtend)
  fi
  declare -gA PACKAGES=()
  local package dependency
  while [ ${#todo[@]} -gt 0 ]; do
    package=${todo[0]}; todo=("${todo[@]:1}")
    [ -z "${PACKAGES[$package]:-}" ] || continue
    PACKAGES[$package]=1
    for dependency in $(dependencies "$package"); do
      case $dependency in
        "libclang-common-$LLVM-dev" | "llvm-$LLVM-linker-tools" | "llvm-$LLVM-runtime" | zlib1g)
          todo+=("$dependency") ;;
        *-dev | libobjc* | libclang1-* | libcurl* | libpfm* | libnode* | libpython* | libjs-*) ;;
        libc-bin | libgssapi*) ;;
        lib*) todo+=("$dependency") ;;
      esac
    done
  done
}

download_and_unpack() {
  say "downloading ${#PACKAGES[@]} packages with LLVM $LLVM (about 100 MB) into $PREFIX"
  (cd "$APT/debs" && apt-get "${APT_OPTIONS[@]}" -qq download "${!PACKAGES[@]}")
  mkdir -p "$ROOT"
  local deb
  for deb in "$APT"/debs/*.deb; do dpkg-deb -x "$deb" "$ROOT"; done
}

# Three quarters of the unpacked size is never used.
remove_unused() {
  local keep=" clang clang++ clang-$LLVM clang-cpp clang-scan-deps clang-format clang-tidy
    lld wasm-ld llvm-ar llvm-nm llvm-ranlib llvm-objcopy llvm-strip llvm-dwarfdump llvm-dwp llvm-objdump
    llvm-profdata llvm-cov llvm-symbolizer llvm-size llvm-cxxfilt llvm-readobj llvm-readelf
    llvm-addr2line "
  local file
  for file in "$ROOT/usr/lib/llvm-$LLVM/bin"/*; do
    case $keep in *[[:space:]]"$(basename "$file")"[[:space:]]*) ;; *) rm -f "$file" ;; esac
  done
  rm -rf "$ROOT"/usr/share/{man,doc,lintian,bash-completion,gdb,info,clang} \
    "$ROOT/usr/lib/llvm-$LLVM"/{build,share,lib/*.a} \
    "$ROOT/usr/lib/gcc" "$LIB/gconv" "$ROOT/usr/lib/systemd"
}

is_elf() { [ ! -L "$1" ] && [ -f "$1" ] && [ "$(head -c4 "$1" | tail -c3)" = ELF ]; }

patchelf() { "$LOADER" --library-path "$LIB" "$ROOT/usr/bin/patchelf" "$@"; }

# Programs get our loader and a DT_RPATH, which libraries without a RUNPATH of their own inherit.
use_own_glibc() {
  local file
  for file in "$ROOT/usr/lib/llvm-$LLVM/bin"/* "$ROOT"/usr/bin/*; do
    is_elf "$file" && [ "$(basename "$file")" != patchelf ] || continue
    patchelf --print-interpreter "$file" > /dev/null 2>&1 || continue
    patchelf --set-interpreter "$LOADER" --force-rpath --set-rpath "$LIB" "$file"
  done
  for file in "$LIB"/*.so*; do
    is_elf "$file" && [ -n "$(patchelf --print-rpath "$file" 2>/dev/null)" ] || continue
    patchelf --remove-rpath "$file"
  done
}

configure_emscripten() {
  local em=$ROOT/usr/share/emscripten
  rm -rf "$em/node_modules"
  # Debian relies on NODE_PATH, which ES modules ignore.
  cp -aL "$ROOT/usr/share/nodejs" "$em/node_modules"
  cat > "$PREFIX/emscripten.config" <<CONFIG
import os
LLVM_ROOT = '$ROOT/usr/bin'
BINARYEN_ROOT = '$ROOT/usr'
NODE_JS = os.environ.get('EM_NODE', 'node')
LLVM_ADD_VERSION = '$LLVM'
CLANG_ADD_VERSION = '$LLVM'
EMSCRIPTEN_ROOT = '$em'
CACHE = '$PREFIX/emscripten-cache'
CONFIG
}

write_env() {
  local emscripten=
  if [ -n "$WITH_EMSCRIPTEN" ]; then
    emscripten="
  \"emscripten\": \"$ROOT/usr/share/emscripten\",
  \"emscriptenConfig\": \"$PREFIX/emscripten.config\","
  fi
  cat > "$PREFIX/env.json.part" <<ENV
{$emscripten
  "eigen": "$ROOT/usr/include/eigen3",
  "json": "$ROOT/usr/include",
  "googletest": "$ROOT/usr/src/googletest",
  "unicode": "$ROOT/usr/share/unicode",
  "clangFormat": "$ROOT/usr/lib/llvm-$LLVM/bin/clang-format",
  "clangTidy": "$ROOT/usr/lib/llvm-$LLVM/bin/clang-tidy"
}
ENV
  mv "$PREFIX/env.json.part" "$PREFIX/env.json"
}

# One set-up at a time: a second one waits, and finds the work done.
mkdir -p "$(dirname "$PREFIX")"
exec 9> "$PREFIX.lock"
flock -n 9 || { say "waiting for another set-up to finish"; flock 9; }
[ ! -f "$PREFIX/env.json" ] || exit 0

rm -rf "$PREFIX"
mkdir -p "$PREFIX"
write_apt_config
update_lists
find_packages
download_and_unpack
remove_unused
use_own_glibc
if [ -n "$WITH_EMSCRIPTEN" ]; then configure_emscripten; fi
rm -rf "$APT"
write_env
say "ready: $(du -sm "$PREFIX" | cut -f1) MB"
