// Serves folders of this machine to the page that measures, with the headers that give it a fine
// clock, compressed as a host of static files does it, and counts what it sends.

import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
};

/** Of the files that are compressed; they do not change during a run. */
const compressed = new Map();

function bodyOf(path, request, response) {
  const type = types[extname(path)];
  response.setHeader("content-type", type ?? "application/octet-stream");
  if (request.headers.range) return part(readFileSync(path), request.headers.range, response);
  const takesGzip = request.headers["accept-encoding"]?.includes("gzip");
  if (type === undefined || !takesGzip) return readFileSync(path);
  response.setHeader("content-encoding", "gzip");
  if (!compressed.has(path)) compressed.set(path, gzipSync(readFileSync(path)));
  return compressed.get(path);
}

/** transformers.js asks for the first byte to learn a file's size. */
function part(file, range, response) {
  const [, begin, end] = /^bytes=(\d+)-(\d*)$/.exec(range);
  const last = Math.min(end === "" ? Infinity : Number(end), file.length - 1);
  response.statusCode = 206;
  response.setHeader("content-range", `bytes ${begin}-${last}/${file.length}`);
  return file.subarray(Number(begin), last + 1);
}

/**
 * Resolves with { url, takeBytes, close }; `folders` maps the first part of a path to a folder.
 * takeBytes() says how many bytes of files were sent since it was last called.
 */
export async function serve(folders) {
  let bytes = 0;
  const server = createServer((request, response) => {
    const [, first, ...rest] = normalize(new URL(request.url, "http://x").pathname).split("/");
    const path = folders[first] && join(folders[first], ...rest);
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-embedder-policy", "require-corp");
    if (first === "") return void response.setHeader("content-type", "text/html").end("<p>");
    const isFile = path && existsSync(path) && statSync(path).isFile();
    if (!isFile) return void response.writeHead(404).end();
    const body = bodyOf(path, request, response);
    bytes += body.length;
    response.setHeader("cache-control", "max-age=3600");
    response.setHeader("content-length", body.length).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const takeBytes = () => {
    const taken = bytes;
    bytes = 0;
    return taken;
  };
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    takeBytes,
    close: () => server.close(),
  };
}
