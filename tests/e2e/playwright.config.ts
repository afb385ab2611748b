// Browser tests: the built page on a plain static host, in Chromium, each test with a fresh
// profile.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

const kTop = join(import.meta.dirname, "../..");
const kPort = Number(process.env["GLASSFORMER_E2E_PORT"] ?? 4179);
const kSystemChromium = "/usr/bin/chromium";

function chromium(): { executablePath?: string } {
  const named = process.env["GLASSFORMER_CHROMIUM"];
  if (named) return { executablePath: named };
  return existsSync(kSystemChromium) ? { executablePath: kSystemChromium } : {};
}

const kQuiet = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: join(kTop, "build/playwright"),
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  retries: 1, // a busy machine is late now and then; what fails twice has failed
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    baseURL: `http://localhost:${kPort}`,
    colorScheme: "light",
    locale: "en-GB",
    launchOptions: {
      ...chromium(),
      args: process.getuid?.() === 0 ? ["--no-sandbox", ...kQuiet] : kQuiet,
    },
  },
  webServer: {
    command: `node ${join(import.meta.dirname, "server.mjs")}`,
    env: { PORT: String(kPort) },
    url: `http://localhost:${kPort}/blank/`,
  },
});
