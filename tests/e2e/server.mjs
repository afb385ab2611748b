// A plain static host for the tests, as any web server is one. The built page lies under several
// paths, so that a test proves it works below a sub-path, and can choose a host with a fault:
//   /glass/    as it should be
//   /slow/     the weights come in small pieces, with a pause after each
//   /broken/   the connection breaks in the middle of the weights
//   /package/  the built npm package
//   /blank/    an empty page

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";

const kTop = join(import.meta.dirname, "../..");
const kRoots = {
  glass: join(kTop, "dist"),
  slow: join(kTop, "dist"),
  broken: join(kTop, "dist"),
  package: join(kTop, "web/lib/dist"),
};
const kTypes = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};
const kBlank = '<!doctype html><link rel="icon" href="data:,">';
const kPieces = 40;
const kPause = 100; // ms

createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const [, mount = "", ...rest] = decodeURIComponent(pathname).split("/");
  if (mount === "blank")
    return void response.writeHead(200, { "content-type": kTypes[".html"] }).end(kBlank);
  const root = kRoots[mount];
  const path = root && fileAt(root, rest.join("/"));
  if (!path) return void response.writeHead(404).end();
  const size = statSync(path).size;
  response.writeHead(200, {
    "content-type": kTypes[extname(path)] ?? "application/octet-stream",
    "content-length": size,
  });
  const isWeights = path.endsWith(".safetensors");
  if (isWeights && mount === "slow") void sendSlowly(path, size, response);
  else if (isWeights && mount === "broken") void sendHalf(path, size, response);
  else createReadStream(path).pipe(response);
}).listen(Number(process.env.PORT));

function fileAt(root, relative) {
  const path = join(root, normalize(`/${relative}`));
  const file = path.endsWith("/") ? join(path, "index.html") : path;
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : null;
}

async function sendSlowly(path, size, response) {
  for await (const piece of createReadStream(path, { highWaterMark: Math.ceil(size / kPieces) })) {
    if (response.destroyed) return;
    response.write(piece);
    await pause(kPause);
  }
  response.end();
}

async function sendHalf(path, size, response) {
  for await (const piece of createReadStream(path, { end: Math.floor(size / 2) }))
    response.write(piece);
  response.destroy();
}
