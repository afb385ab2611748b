// Emscripten, the C++ libraries and the clang tools: finds them, or installs them into the cache
// folder.
//   emcc on PATH, new enough: used as it is; Debian's libraries still go to the cache folder
//   Debian on amd64: all of it from Debian testing, in a private prefix (install_debian.sh)
//   elsewhere: the official emsdk; the libraries must be installed, and we say which
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

import {
  cacheFolder,
  capture,
  findProgram,
  isDebianAmd64,
  repository,
  run,
  say,
  SetupError,
} from "./shell.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const oldestEmscripten = 6;
const emsdkVersion = "6.0.5";
const prefixRevision = 1; // raise it when install_debian.sh unpacks something else

const libraries = [
  { key: "eigen", variable: "GF_EIGEN_INCLUDE", file: "Eigen/Core", name: "Eigen 5 (headers)" },
  {
    key: "json",
    variable: "GF_JSON_INCLUDE",
    file: "nlohmann/json.hpp",
    name: "nlohmann-json 3 (headers)",
  },
  {
    key: "googletest",
    variable: "GF_GOOGLETEST_DIR",
    file: "googletest/include/gtest/gtest.h",
    name: "GoogleTest (sources)",
  },
  {
    key: "unicode",
    variable: "GF_UNICODE_DIR",
    file: "UnicodeData.txt",
    name: "the Unicode Character Database",
  },
];

const systemFolders = ["/usr", "/usr/local", "/opt/homebrew", "/opt/local"].flatMap((prefix) =>
  [
    "include/eigen3",
    "include",
    "src/googletest",
    "share/googletest",
    "share/unicode",
    "share/unicode/ucd",
  ].map((folder) => join(prefix, folder)),
);

/** The folder of an emcc on PATH that is new enough, or undefined. */
function ownEmscripten() {
  if (!findProgram("emcc")) return undefined;
  const version = /(\d+)\.\d+\.\d+/.exec(capture("emcc", ["--version"]).stdout);
  if (!version || Number(version[1]) < oldestEmscripten) {
    say(
      `the emcc on PATH is ${version?.[0] ?? "not working"}; ${oldestEmscripten}.0 or newer is needed`,
    );
    return undefined;
  }
  return capture("em-config", ["EMSCRIPTEN_ROOT"]).stdout.trim() || undefined;
}

function installDebian(withEmscripten) {
  const name = `debian-forky-${prefixRevision}${withEmscripten ? "" : "-no-emscripten"}`;
  const prefix = join(cacheFolder(), name);
  const description = join(prefix, "env.json");
  if (!existsSync(description)) {
    say(`installing the toolchain into ${prefix}`);
    const options = withEmscripten ? [] : ["--without-emscripten"];
    run("bash", [join(here, "install_debian.sh"), prefix, ...options]);
  }
  return JSON.parse(readFileSync(description, "utf8"));
}

function installEmsdk() {
  const folder = join(cacheFolder(), `emsdk-${emsdkVersion}`);
  if (!existsSync(join(folder, "installed"))) {
    if (!findProgram("git"))
      throw new SetupError("please install git: it fetches the Emscripten SDK");
    say(`installing the Emscripten SDK ${emsdkVersion} into ${folder}`);
    run("bash", [join(here, "install_emsdk.sh"), folder, emsdkVersion]);
  }
  return {
    emscripten: join(folder, "upstream/emscripten"),
    emscriptenConfig: join(folder, ".emscripten"),
  };
}

/** The folder of a library: the environment's, else the prefix's, else the system's. */
function findLibrary({ key, variable, file }, prefix) {
  const folders = [process.env[variable], prefix[key], ...systemFolders];
  return folders.find((folder) => folder && existsSync(join(folder, file)));
}

function findLibraries(prefix) {
  const found = libraries.map((library) => ({ ...library, folder: findLibrary(library, prefix) }));
  const missing = found.filter(({ folder }) => !folder);
  if (missing.length > 0) {
    const lines = missing.map(
      ({ name, variable, file }) => `  ${name}: ${variable} is the folder with ${file}`,
    );
    throw new SetupError(
      `please install, and where they are in an unusual place name it:\n${lines.join("\n")}`,
    );
  }
  return found.map(({ variable, folder }) => `-D${variable}=${folder}`);
}

/**
 * Where ccache is installed, compilations are looked up in it: the second clone builds in a fraction of the time.
 * Paths count from the folder that a clone is in, so that clones share.
 */
function compilerCache() {
  if (!findProgram("ccache")) return {};
  return {
    CMAKE_CXX_COMPILER_LAUNCHER: "ccache",
    EM_COMPILER_WRAPPER: "ccache",
    CCACHE_BASEDIR: dirname(repository),
    CCACHE_NOHASHDIR: "1",
    CCACHE_SLOPPINESS: "pch_defines,time_macros",
  };
}

/**
 * Everything a build needs: `env` for its processes, `cmakeArgs` for configuring, and the paths of
 * the clang tools. A tool that only `npm run check` needs and that is not there is undefined.
 */
export function ensureToolchain() {
  const own = ownEmscripten();
  const debian = isDebianAmd64() ? installDebian(!own) : {};
  const emscripten = own || debian.emscripten ? debian : installEmsdk();
  const root = own ?? emscripten.emscripten;
  const bin = join(repository, "node_modules/.bin"); // emcc --emit-tsd runs tsc
  const env = {
    GLASSFORMER_EMSCRIPTEN: root,
    PATH: [root, bin, process.env.PATH].join(":"),
    ...(emscripten.emscriptenConfig && !own ? { EM_CONFIG: emscripten.emscriptenConfig } : {}),
    ...compilerCache(),
  };
  return {
    env,
    cmakeArgs: findLibraries(debian),
    clangFormat: debian.clangFormat ?? findProgram("clang-format"),
    clangTidy: debian.clangTidy ?? findProgram("clang-tidy"),
  };
}
