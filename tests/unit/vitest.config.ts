// Unit tests of web/, in Node: no browser, no engine, no network.

import { defineConfig } from "vitest/config";

export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions: ["glassformer-source"] },
  test: { include: ["**/*.test.ts"], environment: "node" },
});
