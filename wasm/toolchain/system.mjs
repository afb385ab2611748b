// The programs that come from the system's own packages. As root on Debian the missing ones are
// installed; elsewhere the person is told exactly which.
import process from "node:process";

import { capture, findProgram, run, runQuietly, say, SetupError } from "./shell.mjs";

const oldestNode = [20, 19];

const requirements = {
  build: [
    {
      name: "a C++20 compiler",
      package: "g++",
      isThere: () => ["c++", "g++", "clang++"].some(findProgram),
    },
    { name: "CMake 3.25", package: "cmake", isThere: () => findProgram("cmake") },
    { name: "Ninja", package: "ninja-build", isThere: () => findProgram("ninja") },
    {
      name: "Python 3.10 (Emscripten runs on it)",
      package: "python3",
      isThere: () => findProgram("python3"),
    },
  ],
  tests: [
    { name: "Chromium", package: "chromium", isThere: () => chromiumPath() },
    { name: "a font with Chinese characters", package: "fonts-noto-cjk", isThere: hasChineseFont },
  ],
  fuzzing: [
    {
      name: "clang with its sanitisers and libFuzzer",
      package: "clang-19 libclang-rt-19-dev",
      isThere: () => fuzzingCompiler(),
    },
  ],
};

/** A clang++ that can link a fuzzer, or undefined: often the run-time library is not installed. */
export function fuzzingCompiler() {
  const names = ["clang++", ...[22, 21, 20, 19, 18, 17, 16].map((version) => `clang++-${version}`)];
  const program = 'extern "C" int LLVMFuzzerTestOneInput(const char*, long) { return 0; }';
  const links = (name) =>
    capture("sh", ["-c", `echo '${program}' | ${name} -fsanitize=fuzzer -x c++ - -o /dev/null`]).ok;
  return names.find((name) => findProgram(name) && links(name));
}

/** Chromium for the browser tests: the one GLASSFORMER_CHROMIUM names, else the system's. */
export function chromiumPath() {
  return (
    process.env.GLASSFORMER_CHROMIUM || findProgram("chromium") || findProgram("google-chrome")
  );
}

function hasChineseFont() {
  if (!findProgram("dpkg-query")) return true; // elsewhere one comes with the system
  return capture("dpkg-query", ["-W", "-f=${Status}", "fonts-noto-cjk"]).stdout.includes(
    "ok installed",
  );
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    throw new SetupError(
      `Node.js ${oldestNode.join(".")} or newer is needed; this is ${process.versions.node}`,
    );
  }
}

// A mirror frozen in time serves a Release file past its date; apt still checks its signature.
function updatePackageLists(env) {
  const update = ["-qq", "update", "-o", "APT::Update::Error-Mode=any"];
  const first = capture("apt-get", update, { env });
  if (first.ok) return;
  if (!first.stderr.includes("is expired")) {
    say(`apt-get update had problems, going on with the lists there are:\n${first.stderr.trim()}`);
    return;
  }
  say(
    "the mirror's Release file is past its date: reading it all the same (signatures are checked)",
  );
  run("apt-get", [...update, "-o", "Acquire::Check-Valid-Until=false"], { env });
}

function installPackages(packages) {
  say(`installing ${packages.join(", ")} with apt-get (a minute or two)`);
  const env = { DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" };
  updatePackageLists(env);
  runQuietly("apt-get", ["-qq", "-y", "--no-install-recommends", "install", ...packages], { env });
}

/** Makes sure that the system has what building, and where asked for what testing and fuzzing need. */
export function ensureSystem({ tests = false, fuzzing = false } = {}) {
  checkNode();
  const wanted = [
    ...requirements.build,
    ...(tests ? requirements.tests : []),
    ...(fuzzing ? requirements.fuzzing : []),
  ];
  const missing = wanted.filter((requirement) => !requirement.isThere());
  if (missing.length === 0) return;
  const packages = missing.flatMap((requirement) => requirement.package.split(" "));
  const names = missing.map((requirement) => requirement.name).join(", ");
  if (!findProgram("apt-get")) throw new SetupError(`please install: ${names}`);
  if (process.getuid() !== 0) {
    throw new SetupError(
      `missing: ${names}. As root: apt-get install --no-install-recommends ${packages.join(" ")}`,
    );
  }
  installPackages(packages);
  const still = missing
    .filter((requirement) => !requirement.isThere())
    .map((requirement) => requirement.name);
  if (still.length > 0) throw new SetupError(`installed, and yet not found: ${still.join(", ")}`);
}
