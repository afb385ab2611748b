// Chromium as the benchmark starts it.

import { existsSync, readFileSync } from "node:fs";

import { chromium } from "@playwright/test";

import { chromiumPath } from "../../wasm/toolchain/system.mjs";

const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];

/** A browser with a profile of its own, kept in this folder. */
export function launch(profile) {
  return chromium.launchPersistentContext(profile, { executablePath: chromiumPath(), args });
}

/**
 * Bytes that the pages and their workers hold, JavaScript's and WebAssembly's and the code compiled
 * of them: the renderers' own memory, as Linux counts it.
 */
export async function pagesMemory(context) {
  const session = await context.browser().newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo
    .filter(({ type }) => type === "renderer")
    .reduce((sum, { id }) => sum + ownMemory(id), 0);
}

/** Nothing where the process has ended since it was listed. */
function ownMemory(id) {
  const path = `/proc/${id}/status`;
  const status = existsSync(path) ? readFileSync(path, "utf8") : "";
  const [, kilobytes = 0] = /^RssAnon:\s+(\d+) kB$/m.exec(status) ?? [];
  return Number(kilobytes) * 1024;
}

/** Calls `name` of a module of this folder in a page of a fresh browser. */
export async function evaluateAlone(url, module, name, argument) {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    return await page.evaluate(
      async ([module, name, argument]) => (await import(`/bench/${module}`))[name](argument),
      [module, name, argument],
    );
  } finally {
    await browser.close();
  }
}
