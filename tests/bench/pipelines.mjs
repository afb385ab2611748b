// Whole pipelines, ours against transformers.js: seconds to the first answer, from nothing and from
// the browser's cache, bytes that were downloaded, memory, and time per request.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { launch, pagesMemory } from "./browser.mjs";
import { number, quantile, table } from "./report.mjs";
import { newTokens, tasks } from "./texts.mjs";

const libraries = ["glassformer", "transformers.js"];

/**
 * How far the scores of two ways of rounding may lie apart: their graph has one range for the
 * activations of all tokens, ours one for each.
 */
const kScoreTolerance = 0.2;

/** A usual line; a server on the same machine has a faster one. */
const kLineBitsPerSecond = 20e6;

const call = (page, name, argument) =>
  page.evaluate(
    async ([name, argument]) => (await import("/bench/pipelines_page.mjs"))[name](argument),
    [name, argument],
  );

/** What `use` gives of a browser with this profile, in a page that was just opened. */
async function visit(profile, url, use) {
  const context = await launch(profile);
  try {
    const page = await context.newPage();
    await page.goto(url);
    return await use(page);
  } finally {
    await context.close();
  }
}

/** A first visit, 100 requests, and a second visit with what the first left in the cache. */
async function measureVisits(server, library, task) {
  const { model, requests } = tasks[task];
  const wish = { library, task, model };
  const profile = mkdtempSync(join(tmpdir(), "glassformer-bench-"));
  try {
    server.takeBytes();
    const first = await visit(profile, server.url, async (page) => {
      const empty = await pagesMemory(page.context());
      const memory = async () => (await pagesMemory(page.context())) - empty;
      const { milliseconds } = await call(page, "firstAnswer", { ...wish, request: requests[0] });
      const bytes = server.takeBytes();
      const memoryLoaded = await memory();
      const answers = await call(page, "answers", { ...wish, requests, count: 100 });
      return { milliseconds, bytes, memoryLoaded, answers, memoryUsed: await memory() };
    });
    const second = await visit(profile, server.url, (page) =>
      call(page, "firstAnswer", { ...wish, request: requests[0] }),
    );
    return { ...first, cached: second.milliseconds, cachedBytes: server.takeBytes() };
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

/** transformers.js puts the text of an answer together from tokens, which are lower-case here. */
const letters = (text) => text.toLowerCase().replace(/\s/g, "");

/** Of the translations: one token that rounding decides changes all that follow. */
const kShareOfEqual = 0.5;

function checkAnswers(task, [ours, theirs]) {
  const isEqual = ours.map(({ text }, i) => letters(text) === letters(theirs[i].text));
  const isNear = ({ score }, i) =>
    score === undefined || Math.abs(score - theirs[i].score) <= kScoreTolerance;
  const wanted = task === "translation" ? kShareOfEqual : 1;
  const share = isEqual.filter(Boolean).length / ours.length;
  if (share < wanted || !ours.every(isNear))
    throw new Error(
      `${task}: the answers differ: ${JSON.stringify(ours)} ${JSON.stringify(theirs)}`,
    );
}

const median = (list) => quantile(list, 0.5);

function summarizeVisits(visits) {
  const of = (key) => median(visits.map((visit) => visit[key]));
  return {
    first: of("milliseconds"),
    firstAtLine: of("milliseconds") + (of("bytes") * 8 * 1000) / kLineBitsPerSecond,
    cached: of("cached"),
    bytes: of("bytes"),
    cachedBytes: of("cachedBytes"),
    memoryLoaded: of("memoryLoaded"),
    memoryUsed: of("memoryUsed"),
  };
}

async function benchTask(server, task, { visits, pipelineRounds }) {
  const measured = Object.fromEntries(libraries.map((library) => [library, []]));
  for (let round = 0; round < visits; round += 1) {
    for (const library of libraries)
      measured[library].push(await measureVisits(server, library, task));
  }
  checkAnswers(
    task,
    libraries.map((library) => measured[library][0].answers),
  );
  const throughput = (requests) => measureRequests(server, task, requests, pipelineRounds);
  const { requests, timed, firstToken } = tasks[task];
  const whole = await throughput(timed ?? requests);
  const first = firstToken && (await throughput(firstToken));
  return Object.fromEntries(
    libraries.map((library) => [
      library,
      {
        ...summarizeVisits(measured[library]),
        perRequest: whole[library],
        ...(first && {
          firstToken: first[library],
          tokensPerSecond: (1000 * newTokens) / whole[library],
        }),
      },
    ]),
  );
}

/** Milliseconds a request by library: both in one page, in turn. */
async function measureRequests(server, task, requests, rounds) {
  const { model } = tasks[task];
  const profile = mkdtempSync(join(tmpdir(), "glassformer-bench-"));
  const wish = { libraries, task, model, requests, rounds };
  const times = await visit(profile, server.url, (page) => call(page, "throughput", wish));
  rmSync(profile, { recursive: true, force: true });
  return Object.fromEntries(
    libraries.map((library) => [library, (1000 * median(times[library])) / requests.length]),
  );
}

/** By task and library. */
export async function benchPipelines(server, effort) {
  const results = {};
  for (const task of Object.keys(tasks)) results[task] = await benchTask(server, task, effort);
  return results;
}

const kMegabyte = 1e6;
const kRows = [
  ["first answer, nothing cached, ms", "first", 1],
  ["the same over 20 Mbit/s, ms", "firstAtLine", 1],
  ["first answer, second visit, ms", "cached", 1],
  ["downloaded, MB", "bytes", kMegabyte],
  ["downloaded again, MB", "cachedBytes", kMegabyte],
  ["memory after loading, MB", "memoryLoaded", kMegabyte],
  ["memory after 100 requests, MB", "memoryUsed", kMegabyte],
  ["a request, ms", "perRequest", 1],
  ["first token, ms", "firstToken", 1],
  ["tokens a second", "tokensPerSecond", 1],
];
/** The others are costs. */
const kGains = ["tokensPerSecond"];

export function pipelineTable(results) {
  const rows = [["pipeline", "", ...libraries, "ratio"]];
  for (const [task, result] of Object.entries(results)) {
    for (const [title, key, unit] of kRows.filter(([, key]) => key in result.glassformer)) {
      const [ours, theirs] = libraries.map((library) => result[library][key] / unit);
      const [less, more] = kGains.includes(key) ? [theirs, ours] : [ours, theirs];
      const ratio = less > 0 ? (more / less).toFixed(2) : "-";
      rows.push([task, title, number(ours), number(theirs), ratio]);
    }
  }
  return table(rows);
}
