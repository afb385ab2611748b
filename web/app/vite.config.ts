// Builds the page into dist/ at the top of the repository. Every address in it is relative: any
// static host will do, under any path.

import { join } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { contentSecurityPolicy } from "./plugins/content-security-policy.js";
import { models } from "./plugins/models.js";

const top = join(import.meta.dirname, "../..");

// What gives the engine its threads; any host may send them.
const headers = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  publicDir: false,
  plugins: [svelte(), models(join(top, "models")), contentSecurityPolicy()],
  resolve: { conditions: ["glassformer-source", "module", "browser", "development|production"] },
  worker: { format: "es" },
  server: { headers },
  preview: { headers },
  build: {
    outDir: join(top, "dist"),
    emptyOutDir: true,
    target: "esnext",
    assetsInlineLimit: 0, // the security policy knows no data: addresses
    modulePreload: { polyfill: false }, // it would be an inline script
  },
});
