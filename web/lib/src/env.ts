// Where models come from. One mutable object, as in transformers.js; `pipeline()` reads it once,
// when it is called.

import type { EngineChoice, ThreadChoice } from "./worker/engine-choice.js";

export interface Env {
  /**
   * Folder of the models that have no slash in their id, with a `manifest.json` in it. Relative to
   * the page, so that an application works under any sub-path.
   */
  localModelPath: string;
  /** Host of the models whose id is `owner/name`: the Hugging Face Hub, or a mirror of it. */
  remoteHost: string;
  /** Address of one file under `remoteHost`; knows `{model}`, `{revision}` and `{file}`. */
  remotePathTemplate: string;
  /** false: a model id with a slash is refused, and nothing leaves the page's own origin. */
  allowRemoteModels: boolean;
  /** Keep model files in the browser's Cache API, so that the next visit needs no download. */
  useBrowserCache: boolean;
  /**
   * The build of the engine: with WebAssembly's SIMD, with relaxed SIMD (Chromium, Firefox), or
   * "auto", whichever is right and faster in this browser. Counts when the worker starts, with the
   * first pipeline.
   */
  engine: EngineChoice;
  /**
   * How many threads compute, the worker's own among them: 1 to 64, or "auto", as many as the
   * processor has, up to 4. One where the page is not isolated from other origins
   * (`crossOriginIsolated`). Answers are the same. Counts when the worker starts.
   */
  threads: ThreadChoice;
}

export const env: Env = {
  localModelPath: "models/",
  remoteHost: "https://huggingface.co/",
  remotePathTemplate: "{model}/resolve/{revision}/{file}",
  allowRemoteModels: true,
  useBrowserCache: true,
  engine: "auto",
  threads: "auto",
};
