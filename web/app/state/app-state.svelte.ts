// The page's one state object: what a person chose, and what follows from it.

import { MediaQuery } from "svelte/reactivity";
import { messagesOf } from "../i18n/messages.js";
import { kExamples } from "../i18n/examples.js";
import { fromHash, type Head, type Language, type Theme, type ViewState } from "./view-state.js";

const kFirstLayer = 1; // first layers look nearly everywhere; the second is where patterns begin

export class AppState implements ViewState {
  text = $state("");
  layer = $state(0);
  head = $state<Head>(0);
  language = $state<Language>("en");
  theme = $state<Theme>("auto");

  readonly #prefersDark = new MediaQuery("prefers-color-scheme: dark");

  constructor(hash: string, preferredLanguages: readonly string[]) {
    const first = preferredLanguages[0] ?? "en";
    const language: Language = first.startsWith("zh") ? "zh" : "en";
    this.adopt(
      fromHash(hash, {
        text: kExamples[0].text,
        layer: kFirstLayer,
        head: 0,
        language,
        theme: "auto",
      }),
    );
  }

  get isDark(): boolean {
    return this.theme === "auto" ? this.#prefersDark.current : this.theme === "dark";
  }

  get messages() {
    return messagesOf(this.language);
  }

  /** A plain copy. */
  get view(): ViewState {
    const { text, layer, head, language, theme } = this;
    return { text, layer, head, language, theme };
  }

  adopt(view: ViewState): void {
    Object.assign(this, view);
  }
}
