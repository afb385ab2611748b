// Vite plugin: the built page may load from its own origin only, and compile WebAssembly. In
// development Vite's own client needs more, so there the policy is left out.

import type { Plugin } from "vite";

const kPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "img-src 'self' blob:", // pictures that the page itself has drawn, to be saved as PNG
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export function contentSecurityPolicy(): Plugin {
  const attrs = { "http-equiv": "Content-Security-Policy", content: kPolicy };
  return {
    name: "glassformer-content-security-policy",
    apply: "build",
    transformIndexHtml: () => [{ tag: "meta", attrs, injectTo: "head-prepend" }],
  };
}
