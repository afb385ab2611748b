// The one place that names the worker's file. Bundlers recognise this expression and emit the
// worker beside the page.

export function spawnWorker(): Worker {
  return new Worker(new URL("../worker/main.ts", import.meta.url), {
    type: "module",
    name: "glassformer",
  });
}
