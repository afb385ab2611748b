// The TypeScript tests (Vitest, in Node) and the browser tests (Playwright, in Chromium, on the
// built page).
import { join } from "node:path";

import { repository, say } from "../../wasm/toolchain/shell.mjs";
import { chromiumPath } from "../../wasm/toolchain/system.mjs";
import { buildWeb } from "../../web/build.mjs";
import { runReporting, step } from "./results.mjs";

const bin = (name) => join(repository, "node_modules/.bin", name);

export function runUnit() {
  const report = "build/test-reports/unit.json";
  return runReporting({
    name: "unit tests",
    program: bin("vitest"),
    args: [
      ...["run", "--config", "tests/unit/vitest.config.ts"],
      ...["--reporter=default", "--reporter=json"],
      `--outputFile.json=${join(repository, report)}`,
    ],
    report,
    count: ({ numPassedTests, numFailedTests }) => ({
      passed: numPassedTests,
      failed: numFailedTests,
    }),
  });
}

export function runBuild(toolchain) {
  return step("building the page and the npm package", () => buildWeb(toolchain));
}

export function runBrowser() {
  const report = "build/test-reports/browser.json";
  return runReporting({
    name: "browser tests",
    program: bin("playwright"),
    args: ["test", "--config", "tests/e2e/playwright.config.ts", "--reporter=list,json"],
    report,
    count: ({ stats }) => {
      if (stats.flaky > 0) say(`browser tests: ${stats.flaky} passed only when run again`);
      return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
    },
    env: {
      GLASSFORMER_CHROMIUM: chromiumPath(),
      PLAYWRIGHT_JSON_OUTPUT_NAME: join(repository, report),
    },
  });
}
