// Vite plugin: puts the models that models/manifest.json lists beside the page, as files in a
// build, as answers in development. Nothing else of the folder is published (recipes, training
// data).

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Connect, Plugin } from "vite";

interface Manifest {
  models: { id: string; card: string; files: { name: string }[] }[];
}

export function models(folder: string): Plugin {
  return {
    name: "glassformer-models",
    configureServer: (server) => void server.middlewares.use(serve(folder)),
    generateBundle() {
      for (const path of publishedPaths(folder)) {
        this.emitFile({
          type: "asset",
          fileName: `models/${path}`,
          source: readFileSync(join(folder, path)),
        });
      }
    },
  };
}

/** Paths below `folder`. */
function publishedPaths(folder: string): string[] {
  const manifestPath = join(folder, "manifest.json");
  if (!existsSync(manifestPath))
    throw new Error(`${manifestPath}: the page needs it, and it is not there`);
  const manifest = JSON.parse(readFileSync(manifestPath, "utf8")) as Manifest;
  const files = manifest.models.flatMap(({ id, card, files }) => [
    card,
    ...files.map(({ name }) => `${id}/${name}`),
  ]);
  return ["manifest.json", ...files];
}

function serve(folder: string): Connect.NextHandleFunction {
  return (request, response, next) => {
    const path = decodeURIComponent((request.url ?? "").split("?")[0]!).replace(/^\/models\//, "");
    if (!request.url?.startsWith("/models/") || !publishedPaths(folder).includes(path))
      return next();
    const bytes = readFileSync(join(folder, path));
    const type = path.endsWith(".json") ? "application/json" : "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-length": bytes.length }).end(bytes);
  };
}
