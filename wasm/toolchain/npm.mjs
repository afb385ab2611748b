// The packages of package-lock.json: `npm ci` when the lock file is another than the one that was
// installed.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { repository, run, say } from "./shell.mjs";

export function ensureNodeModules() {
  const stamp = join(repository, "node_modules/.glassformer-lock");
  const lock = createHash("sha256")
    .update(readFileSync(join(repository, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  say("installing the npm packages of package-lock.json");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  // Playwright drives the system's Chromium: no browser is downloaded.
  run(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    env: { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" },
  });
  writeFileSync(stamp, lock);
}
