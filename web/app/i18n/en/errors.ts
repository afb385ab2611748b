// What can go wrong, and what to do about it, in English.

import type { Errors } from "../types.js";

export const errors: Errors = {
  NETWORK: {
    title: "The model could not be downloaded.",
    advice: "Check your connection, then try again.",
  },
  NOT_FOUND: {
    title: "A file of the model is missing on this site.",
    advice: "If the site was updated just now, try again in a minute.",
  },
  INTEGRITY: {
    title: "The model arrived damaged, so it was not used.",
    advice: "The bytes are not the ones that were published. Trying again usually helps.",
  },
  INVALID_FORMAT: {
    title: "The model's files cannot be read.",
    advice: "Something on the server is wrong.",
  },
  UNSUPPORTED: {
    title: "This browser cannot run the model.",
    advice: "Any browser of the last two years, with WebAssembly SIMD, can.",
  },
  OUT_OF_MEMORY: {
    title: "There is not enough memory.",
    advice: "Close other tabs, then try again.",
  },
  INVALID_ARGUMENT: { title: "The model refused this request.", advice: "The details say why." },
  INTERNAL: { title: "The engine stopped unexpectedly.", advice: "Try again: it starts anew." },
};
