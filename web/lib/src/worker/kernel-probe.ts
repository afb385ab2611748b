// The probe's WebAssembly (wasm/kernels/probe), which the build puts into this worker's code.

import { kernelProbe } from "../generated/glassformer-probe.js";
import type { KernelProbe } from "./engine-choice.js";

/** Compiles the probe; undefined where the browser does not know its instructions. */
export async function loadProbe(): Promise<KernelProbe | undefined> {
  const bytes = Uint8Array.from(atob(kernelProbe), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(bytes)) return undefined;
  const { instance } = await WebAssembly.instantiate(bytes);
  return instance.exports as unknown as KernelProbe;
}
