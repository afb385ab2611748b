// Runs in the browser: times what the driver asks for, one thing after the other.

export const seconds = () => performance.now() / 1000;

/** Each case once, in turn, `rounds` times: whatever disturbs the machine meets all alike. */
async function interleave(cases, rounds) {
  const times = new Map(cases.map(({ name }) => [name, []]));
  for (const { run } of cases) for (let i = 0; i < 3; i += 1) await run();
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, run } of cases) {
      const start = seconds();
      await run();
      times.get(name).push(seconds() - start);
    }
  }
  return Object.fromEntries(times);
}

async function instantiate(url) {
  const module = await WebAssembly.compileStreaming(fetch(url));
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module))
    (imports[from] ??= {})[name] = () => 0;
  const { exports } = await WebAssembly.instantiate(module, imports);
  exports._initialize?.();
  return exports;
}

const kWarmUps = 5;

/** Rates in 10^9 operations a second: the best of many short runs. */
export async function kernels({ cases, rounds }) {
  const result = {};
  for (const build of ["simd128", "relaxed"]) {
    const wasm = await instantiate(`/kernels/kernels-${build}.wasm`);
    const kPeakTimes = 12_500;
    const kMemoryBytes = 64 << 20;
    const runs = {
      peak_int8: () => wasm.peak_int8(kPeakTimes),
      peak_f32: () => wasm.peak_f32(kPeakTimes),
      // Each byte of weights from memory makes two operations with one row.
      peak_memory: () => wasm.read_memory(kMemoryBytes),
    };
    for (const { name, m, k, n, copies } of cases) {
      const repeat = Math.max(1, Math.round(5e7 / (m * k * n * copies)));
      const many = (multiply) => () => {
        let work = 0;
        for (let i = 0; i < repeat; i += 1) work += multiply(m, k, n, copies);
        return work;
      };
      runs[`int8 ${name}`] = many(wasm.multiply_int8);
      if (copies === 1) runs[`f32 ${name}`] = many(wasm.multiply_f32);
    }
    // In turn, after the browser has compiled all of it well: a rate is a share of the peak's.
    const rates = Object.fromEntries(Object.keys(runs).map((name) => [name, 0]));
    for (let round = -kWarmUps; round < rounds; round += 1) {
      for (const [name, run] of Object.entries(runs)) {
        const start = seconds();
        const work = run();
        const rate = (2 * work) / (seconds() - start) / 1e9;
        if (round >= 0) rates[name] = Math.max(rates[name], rate);
      }
    }
    result[build] = rates;
  }
  return result;
}

function expectOk({ code, message }) {
  if (code !== "OK") throw new Error(message);
}

async function fetchBytes(url) {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

/** The engine and, anew for every use, its memory. */
async function startOurs(build, threads) {
  const shared = threads > 1 ? "-threads" : "";
  const { default: createModule } = await import(`/engine/glassformer-engine${shared}.mjs`);
  const suffix = build === "relaxed" ? "-relaxed" : "";
  const module = await createModule({
    locateFile: () => `/engine/glassformer-engine${suffix}${shared}.wasm`,
    threads,
  });
  await module.pthreadPoolReady;
  const engine = threads > 1 ? new module.ThreadedEngine(threads) : new module.Engine();
  const memory = () => module.HEAPU8 ?? new Uint8Array(module.wasmMemory.buffer);
  return { engine, memory };
}

/** { run(tokens), heapBytes() } of a fresh engine with this model. */
export async function loadOurs(shape, dtype, build, threads = 1) {
  const { engine, memory } = await startOurs(build, threads);
  const model = engine.openModel();
  for (const name of ["config.json", "tokenizer.json"]) {
    const bytes = await fetchBytes(`/models/${shape}/${name}`);
    const { address } = engine.allocateFile(model, name, bytes.length);
    memory().set(bytes, address);
  }
  const { status, weightFiles } = engine.beginLoad(model, { dtype });
  expectOk(status);
  for (const name of weightFiles) {
    const bytes = await fetchBytes(`/models/${shape}/${name}`);
    const slot = engine.openWeights(model, name);
    expectOk(slot.status);
    for (let begin = 0; begin < bytes.length; begin += slot.bytes) {
      const piece = bytes.subarray(begin, begin + slot.bytes);
      memory().set(piece, slot.address);
      expectOk(engine.feedWeights(model, piece.length));
    }
  }
  expectOk(engine.finishLoad(model).status);
  return {
    run: (tokens, texts = 1) => runOurs(engine, model, tokens, texts),
    heapBytes: () => memory().length,
  };
}

// Letters are tokens; two more stand around them. The answer is the probability of the first label.
function runOurs(engine, model, tokens, count) {
  const texts = Array.from({ length: count }, () => letters(tokens - 2).join(" "));
  const result = engine.run(model, "text-classification", texts, [], '{"top_k":null}');
  expectOk(result.status());
  const labels = JSON.parse(result.output(count - 1));
  result.delete();
  return labels.find(({ label }) => label === "NEGATIVE").score;
}

const letters = (count) =>
  Array.from({ length: count }, (_, i) => String.fromCharCode(97 + ((i * 7) % 26)));

async function loadTheirs(shape, dtype, threads = 1) {
  // Their number of threads is the module's: each number has a module of its own.
  const ort = await import(`/ort/ort.wasm.bundle.min.mjs?threads=${threads}`);
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.wasmPaths = "/ort/";
  const options = { executionProviders: ["wasm"], graphOptimizationLevel: "all" };
  const session = await ort.InferenceSession.create(`/models/${shape}/${dtype}.onnx`, options);
  return async (tokens, texts) => {
    const text = [2, ...letters(tokens - 2).map((letter) => letter.charCodeAt(0) - 97 + 4), 3];
    const ids = Array.from({ length: texts }, () => text).flat();
    const input_ids = new ort.Tensor("int64", BigInt64Array.from(ids.map(BigInt)), [texts, tokens]);
    const { logits } = await session.run({ input_ids });
    const [negative, positive] = logits.data;
    return 1 / (1 + Math.exp(positive - negative));
  };
}

/** Seconds of every round, and what each answered, for one shape and dtype, by "texts x tokens". */
export async function encoder({ shape, dtype, sizes, rounds }) {
  const ourDtype = dtype === "int8" ? "q8" : "fp32";
  const engines = {
    simd128: (await loadOurs(shape, ourDtype, "simd128")).run,
    relaxed: (await loadOurs(shape, ourDtype, "relaxed")).run,
    onnxruntime: await loadTheirs(shape, dtype),
    "relaxed, 2 threads": (await loadOurs(shape, ourDtype, "relaxed", 2)).run,
    "onnxruntime, 2 threads": await loadTheirs(shape, dtype, 2),
  };
  const result = {};
  for (const [texts, tokens] of sizes) {
    const answers = {};
    for (const [name, run] of Object.entries(engines)) answers[name] = await run(tokens, texts);
    const cases = Object.entries(engines).map(([name, run]) => ({
      name,
      run: () => run(tokens, texts),
    }));
    result[`${texts} x ${tokens}`] = { answers, times: await interleave(cases, rounds) };
  }
  return result;
}
