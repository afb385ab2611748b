// npm run bench:page [-- --rounds N]: how quickly the page is there, how much of that time the main
// thread is held up, what moves on the way, and how smoothly a matrix of 512 tokens is dragged.
// Writes build/bench-page.json.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";

import { chromium } from "@playwright/test";

import { setUp } from "../../wasm/toolchain/engine.mjs";
import { repository, runMain } from "../../wasm/toolchain/shell.mjs";
import { chromiumPath } from "../../wasm/toolchain/system.mjs";
import { buildWeb } from "../../web/build.mjs";
import { collect, frames, readCollected } from "./page_measures.mjs";
import { table } from "./report.mjs";

const kPort = process.env.GLASSFORMER_BENCH_PORT ?? "4199";
const kPage = `http://localhost:${kPort}/glass/`;
const kDevices = {
  desktop: { viewport: { width: 1280, height: 900 }, slowdown: 1 },
  // A phone's processor, as Lighthouse takes it: a quarter as fast as this machine's.
  phone: {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 3,
    isMobile: true,
    hasTouch: true,
    slowdown: 4,
  },
};
const kPatience = 120_000; // ms; a busy machine that plays a phone is slow
const kQuiet = 1000; // ms after the answer in which late work still counts
const kLongText = "The film was long and rather wonderful. ".repeat(100);
const kFrame = 1000 / 60 + 0.5; // ms, and what a coarse clock may add
const kMoves = 120;

async function startServer() {
  const server = spawn(process.execPath, [join(repository, "tests/e2e/server.mjs")], {
    env: { ...process.env, PORT: kPort },
    stdio: "inherit",
  });
  const isThere = () =>
    fetch(`http://localhost:${kPort}/blank/`).then(
      () => true,
      () => false,
    );
  while (!(await isThere())) await new Promise((resolve) => setTimeout(resolve, 50));
  return () => server.kill();
}

async function openPage(context, slowdown) {
  const page = await context.newPage();
  page.setDefaultTimeout(kPatience);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  return page;
}

/** A first visit, and a second one with what the first has left in the browser. */
async function visits(browser, { slowdown, ...device }) {
  const context = await browser.newContext(device);
  await context.addInitScript(collect);
  const measured = {};
  for (const visit of ["first", "second"]) {
    const page = await openPage(context, slowdown);
    await page.goto(kPage);
    await page.getByTestId("verdict").waitFor();
    await page.waitForTimeout(kQuiet);
    measured[visit] = await page.evaluate(readCollected);
    await page.close();
  }
  await context.close();
  return measured;
}

/** Milliseconds of every frame while the matrix follows the mouse. */
async function drag(browser, key) {
  const context = await browser.newContext(kDevices.desktop);
  const page = await openPage(context, 1);
  await page.goto(`${kPage}#${new URLSearchParams({ text: kLongText })}`);
  const matrix = page.getByTestId("matrix");
  await matrix.waitFor();
  for (let times = 0; key !== null && times < 3; times += 1) await matrix.press(key);
  await matrix.scrollIntoViewIfNeeded();
  await page.waitForTimeout(kQuiet);
  const { x, y, width, height } = await matrix.boundingBox();
  const from = { x: x + width - 60, y: Math.min(y + height, 860) - 60 };
  const timed = page.evaluate(frames);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let move = 1; move <= kMoves; move += 1)
    await page.mouse.move(from.x - 4 * move, from.y - 4 * move);
  await page.mouse.up();
  await page.evaluate(() => (globalThis.stopFrames = true));
  const result = await timed;
  await context.close();
  return result;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const whole = (value) => value.toFixed(0);

/** `rounds`: what each round measured. */
function loadRows(rounds) {
  const cells = (device, visit) => {
    const of = (name) => median(rounds.map((round) => round[device][visit][name]));
    return [
      device,
      visit,
      ...["firstPaint", "answer", "blocking", "longest"].map((name) => whole(of(name))),
      of("shift").toFixed(4),
    ];
  };
  const head = ["device", "visit", "first paint", "answer", "blocking", "longest task", "shift"];
  const places = Object.keys(kDevices).flatMap((device) =>
    ["first", "second"].map((visit) => cells(device, visit)),
  );
  return [head, ...places];
}

function frameRows(dragged) {
  const rows = Object.entries(dragged).map(([name, times]) => [
    name,
    times.length,
    `${whole((100 * times.filter((time) => time > kFrame).length) / times.length)}%`,
    median(times).toFixed(1),
    Math.max(...times).toFixed(1),
  ]);
  return [["512 tokens dragged", "frames", "over 16.7 ms", "median", "longest"], ...rows];
}

await runMain(async () => {
  const { values } = parseArgs({ options: { rounds: { type: "string", default: "3" } } });
  buildWeb(setUp({ tests: true }));
  const stop = await startServer();
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath: chromiumPath(), args });
  try {
    const rounds = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const measured = {};
      for (const [name, device] of Object.entries(kDevices))
        measured[name] = await visits(browser, device);
      rounds.push(measured);
    }
    const dragged = {
      "readable cells": await drag(browser, null),
      "small cells": await drag(browser, "-"),
    };
    const report = { rounds, dragged };
    writeFileSync(join(repository, "build/bench-page.json"), `${JSON.stringify(report)}\n`);
    console.log(`${table(loadRows(rounds))}\n\n${table(frameRows(dragged))}`);
    console.log("\nMilliseconds, medians; shift: the layout shift that Web Vitals calls CLS.");
  } finally {
    await browser.close();
    stop();
  }
});
