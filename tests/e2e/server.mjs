// A plain static host for the tests, as any web server is one. The built page lies under several
// paths, so that a test proves it works below a sub-path, and can choose a host with a fault:
//   /glass/    as it should be
//   /held/     half of the weights comes, and no more until the page gives up; /given-up/ says how
//              often pages did; /held-to-cancel/ is the same again, counted apart
//   /broken/   the connection breaks in the middle of the weights
//   /package/  the built npm package
//   /golden/   tiny models of tests/golden, with a manifest
//   /hub/      repositories as the Hub would serve them, which the tests write
//   /blank/    an empty page; so is a folder of that name below the others
// Below /isolated/ all of them again, with the headers that isolate a page from other origins.

import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import process from "node:process";

const kTop = join(import.meta.dirname, "../..");
const kRoots = {
  glass: join(kTop, "dist"),
  held: join(kTop, "dist"),
  "held-to-cancel": join(kTop, "dist"),
  broken: join(kTop, "dist"),
  package: join(kTop, "web/lib/dist"),
  hub: join(kTop, "build/e2e-hub"),
};
const kGoldenTasks = {
  gpt2: "text-generation",
  marian: "translation",
  interventions: "text-classification",
  "question-answering-bert": "question-answering",
  "fill-mask-bert": "fill-mask",
  "feature-extraction": "feature-extraction",
};
const kTypes = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};
const kIsolation = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};
/** By where they are held: transfers that were given up before their end. */
const givenUp = { held: 0, "held-to-cancel": 0 };
const kBlank = '<!doctype html><link rel="icon" href="data:,">';

createServer((request, response) => {
  const asked = new URL(request.url ?? "/", "http://localhost").pathname;
  const isIsolated = asked.startsWith("/isolated/");
  const pathname = isIsolated ? asked.slice("/isolated".length) : asked;
  if (isIsolated) response.setHeaders(new Map(Object.entries(kIsolation)));
  const [, mount = "", ...rest] = decodeURIComponent(pathname).split("/");
  if (pathname.endsWith("/blank/"))
    return void response.writeHead(200, { "content-type": kTypes[".html"] }).end(kBlank);
  if (pathname === "/golden/manifest.json")
    return void response
      .writeHead(200, { "content-type": kTypes[".json"] })
      .end(JSON.stringify(goldenManifest()));
  if (mount === "given-up") return void response.end(String(givenUp[rest[0]]));
  const root = kRoots[mount];
  const path =
    mount === "golden" ? goldenFiles(rest[0])[rest[1]] : root && fileAt(root, rest.join("/"));
  if (!path) return void response.writeHead(404).end();
  const size = statSync(path).size;
  response.writeHead(200, {
    "content-type": kTypes[extname(path)] ?? "application/octet-stream",
    "content-length": size,
  });
  const isWeights = path.endsWith(".safetensors");
  if (isWeights && mount in givenUp) void hold(mount, path, size, response);
  else if (isWeights && mount === "broken")
    void sendHalf(path, size, response).then(() => response.destroy());
  else createReadStream(path).pipe(response);
}).listen(Number(process.env.PORT));

function goldenManifest() {
  const models = Object.entries(kGoldenTasks).map(([id, task]) => {
    const files = Object.entries(goldenFiles(id)).map(([name, path]) => {
      const content = readFileSync(path);
      const sha256 = createHash("sha256").update(content).digest("hex");
      return { name, bytes: content.length, sha256 };
    });
    return { id, task, languages: task === "translation" ? ["zh", "en"] : ["en"], files };
  });
  return { version: 1, models };
}

/** Paths by name. A model of a pipeline names its tokeniser beside what is expected of it. */
function goldenFiles(id) {
  if (!(id in kGoldenTasks)) return {};
  const folders = ["models/generation", "pipelines"].map((name) =>
    join(kTop, "tests/golden", name, id),
  );
  const folder = folders.find((path) => existsSync(path));
  const names = readdirSync(folder).filter(
    (name) => !["cases.json", "expected.json"].includes(name),
  );
  const own = Object.fromEntries(names.map((name) => [name, join(folder, name)]));
  const expected = join(folder, "expected.json");
  if (!existsSync(expected)) return own;
  const { tokenizer } = JSON.parse(readFileSync(expected, "utf8"));
  return {
    ...own,
    "tokenizer.json": join(kTop, "tests/golden/tokenizers", tokenizer, "tokenizer.json"),
  };
}

function fileAt(root, relative) {
  const path = join(root, normalize(`/${relative}`));
  const file = path.endsWith("/") ? join(path, "index.html") : path;
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : null;
}

async function hold(mount, path, size, response) {
  response.on("close", () => (givenUp[mount] += 1));
  await sendHalf(path, size, response);
}

async function sendHalf(path, size, response) {
  for await (const piece of createReadStream(path, { end: Math.floor(size / 2) }))
    response.write(piece);
}
