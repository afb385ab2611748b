// What surrounds the tasks, in English.

import { errors } from "./errors.js";
import { terms } from "./terms.js";

export const page = {
  title: "Glassformer: a Transformer you can see through",
  skip: "Skip to the content",
  headline: "A Transformer you can see\u00A0through",
  lead: "Type something. A real Transformer reads it here, in your browser, and shows where each of its attention heads looked. Nothing you type leaves this page.",
  settings: "Settings",
  language: "Language",
  theme: "Colours",
  themes: { auto: "Auto", light: "Light", dark: "Dark" },

  loading: "Getting the model",
  loadingDone: (loaded: string, total: string) => `${loaded} of ${total} MB`,
  loadingPrepare: "Starting the engine…",
  cancel: "Cancel",
  cancelled: "The download was cancelled. Without the model there is nothing to show.",
  load: "Load the model",
  retry: "Try again",
  details: "Technical details",
  errors,

  terms,
  explain: (term: string) => `What is: ${term}?`,
  openWhole: "Open in Glassformer: with your own text",
  footer: "No cookies, no analytics, no server: the page is all there is.",
  modelFacts: (parameters: string, layers: number, heads: number) =>
    `${parameters} parameters, ${layers} layers, ${heads} heads each`,
  modelCard: "Model card",
};
