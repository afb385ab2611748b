// Builds the package into dist/: index.js, worker.js and the engine's wasm, side by side and not
// minified, for a bundler or for a plain <script type="module">.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";

// Vite wraps addresses twice. Other bundlers recognise only the plain form, new URL("./file",
// import.meta.url).
const kWrapped =
  /new URL\(\s*(?:\/\* @vite-ignore \*\/\s*)?new URL\("([^"]+)", import\.meta\.url\)\.href,\s*"" \+ import\.meta\.url\s*\)/g;

/** What worker.js imports where there are threads. */
const kThreadedGlue = "glassformer-engine-threads.js";

function unwrap(code: string, where: string): string {
  const plain = code.replace(kWrapped, 'new URL("./$1", import.meta.url)');
  if (plain === code) throw new Error(`${where}: names its file in another way than Vite used to`);
  return plain;
}

function plainUrls(): Plugin {
  return {
    name: "glassformer-plain-urls",
    enforce: "post",
    generateBundle(_, bundle) {
      const index = bundle["index.js"];
      if (index?.type !== "chunk") throw new Error("expected index.js");
      index.code = unwrap(index.code, "index.js");
      for (const name of ["worker.js", "thread.js", kThreadedGlue]) {
        const file = bundle[name];
        if (file?.type !== "asset") throw new Error(`expected ${name}`);
        file.source = unwrap(String(file.source), name);
      }
    },
  };
}

/** The service worker that a page may start by its address: a file for itself. */
function isolationWorker(): Plugin {
  return {
    name: "glassformer-isolation-worker",
    generateBundle() {
      const fileName = "isolation-worker.js";
      const source = readFileSync(join(import.meta.dirname, "src/isolation", fileName), "utf8");
      this.emitFile({ type: "asset", fileName, source });
    },
  };
}

/** A worker of the package; below it, those that Emscripten starts from its own glue. */
function workerName({ facadeModuleId }: { facadeModuleId: string | null }): string {
  return facadeModuleId?.endsWith("/worker/main.ts") ? "worker.js" : "thread.js";
}

const entryFileNames = "[name].js";
const assetFileNames = "[name][extname]";

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  publicDir: false,
  plugins: [plainUrls(), isolationWorker()],
  worker: {
    format: "es",
    rolldownOptions: {
      output: { entryFileNames: workerName, chunkFileNames: entryFileNames, assetFileNames },
    },
  },
  build: {
    target: "es2022",
    minify: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: join(import.meta.dirname, "src/index.ts"),
      preserveEntrySignatures: "strict",
      output: { entryFileNames, assetFileNames },
    },
  },
});
