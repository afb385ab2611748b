// Runs in the browser: Glassformer's package and transformers.js, each used as its README says, on
// the same texts and weights.

const loaders = {
  async glassformer(task, model) {
    const { env, pipeline } = await import("/lib/index.js");
    env.localModelPath = "/ours/";
    env.threads = 1;
    return pipeline(task, model);
  },
  async "transformers.js"(task, model) {
    const { env, pipeline } = await import("/transformers/transformers.min.js");
    env.allowLocalModels = false; // those of a remote host go to the browser's cache
    env.remoteHost = new URL("/peer/", import.meta.url).href;
    env.remotePathTemplate = "{model}/";
    env.backends.onnx.wasm.wasmPaths = "/transformers-ort/";
    env.backends.onnx.wasm.numThreads = 1;
    return pipeline(task, model, { dtype: "q8", device: "wasm" });
  },
};

const loaded = new Map();

async function runnerOf(library, task, model) {
  const key = `${library} ${task}`;
  if (!loaded.has(key)) loaded.set(key, await loaders[library](task, model));
  return loaded.get(key);
}

/** What the answer has in either library. */
function essence(answer) {
  const [{ label, answer: span, translation_text, score }] = [answer].flat();
  return { text: label ?? span ?? translation_text, score };
}

/** The first answer, and how many milliseconds after the visit began it came. */
export async function firstAnswer({ library, task, model, request }) {
  const run = await runnerOf(library, task, model);
  const answer = essence(await run(...request));
  return { answer, milliseconds: performance.now() };
}

/** All answers, then `count` more requests, in turn. */
export async function answers({ library, task, model, requests, count = 0 }) {
  const run = await runnerOf(library, task, model);
  const list = [];
  for (const request of requests) list.push(essence(await run(...request)));
  for (let i = 0; i < count; i += 1) await run(...requests[i % requests.length]);
  return list;
}

/** Seconds for all requests by library, of every round; the libraries in turn. */
export async function throughput({ libraries, task, model, requests, rounds }) {
  const times = Object.fromEntries(libraries.map((library) => [library, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const library of libraries) {
      const run = await runnerOf(library, task, model);
      const start = performance.now();
      for (const request of requests) await run(...request);
      if (round >= 0) times[library].push((performance.now() - start) / 1000);
    }
  }
  return times;
}
