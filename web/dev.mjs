// npm run dev: the page with Vite's development server, over an engine that is up to date.
import { join } from "node:path";

import { buildWasm, setUp } from "../wasm/toolchain/engine.mjs";
import { repository, runMain } from "../wasm/toolchain/shell.mjs";

await runMain(async () => {
  buildWasm(setUp());
  const { createServer } = await import("vite"); // there only after npm ci
  const server = await createServer({ root: join(repository, "web/app") });
  await server.listen();
  server.printUrls();
});
