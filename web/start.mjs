// npm start: builds what is out of date and serves dist/ on this machine, at PORT (4173) or the
// next free port.
import { join } from "node:path";
import process from "node:process";

import { repository, runMain } from "../wasm/toolchain/shell.mjs";
import { buildWeb } from "./build.mjs";

const defaultPort = 4173;

await runMain(async () => {
  buildWeb();
  const { preview } = await import("vite"); // there only after npm ci
  const server = await preview({
    root: join(repository, "web/app"),
    appType: "mpa", // a missing file is a 404, as on any static server
    preview: { host: "localhost", port: Number(process.env.PORT) || defaultPort },
  });
  server.printUrls();
});
