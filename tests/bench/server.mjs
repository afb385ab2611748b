// Serves folders of this machine to the page that measures, with the headers that give it a fine
// clock.

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const types = { ".html": "text/html", ".mjs": "text/javascript", ".wasm": "application/wasm" };

/** Resolves with { url, close }; `folders` maps the first part of a path to a folder. */
export async function serve(folders) {
  const server = createServer((request, response) => {
    const [, first, ...rest] = normalize(new URL(request.url, "http://x").pathname).split("/");
    const path = folders[first] && join(folders[first], ...rest);
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-embedder-policy", "require-corp");
    if (first === "") return void response.setHeader("content-type", "text/html").end("<p>");
    if (!path || !existsSync(path)) return void response.writeHead(404).end();
    response.setHeader("content-type", types[extname(path)] ?? "application/octet-stream");
    response.setHeader("content-length", statSync(path).size);
    createReadStream(path).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
