// The page's one state object: what a person chose, and what follows from it.

import { MediaQuery } from "svelte/reactivity";
import { messagesOf } from "../i18n/messages.js";
import { kSentenceExamples } from "../i18n/examples.js";
import { kPrompts, kTranslationExamples } from "../i18n/generation-examples.js";
import { kQaExamples } from "../i18n/qa-examples.js";
import { toggleHead, toggleToken, type Changes, type HeadIndex } from "./changes.js";
import { framedSection, type SectionId } from "./sections.js";
import type { Swap } from "./swap.js";
import type { AttentionKind } from "./trace.js";
import {
  fromHash,
  type Decoding,
  type Head,
  type Language,
  type Pin,
  type TaskId,
  type Theme,
  type TraitFilter,
  type ViewKind,
  type ViewState,
} from "./view-state.js";

const kFirstLayer = 1; // first layers look nearly everywhere; the second is where patterns begin

const kTranslator = "zh-en";

function defaults(language: Language): ViewState {
  return {
    task: "sentiment",
    text: kSentenceExamples[0].text,
    question: kQaExamples[0].question,
    context: kQaExamples[0].context,
    answer: 0,
    source: kTranslationExamples[kTranslator]![0]!,
    translator: kTranslator,
    beams: 3,
    sentence: 0,
    step: 0,
    prompt: kPrompts[0],
    writer: "story-en",
    decoding: "greedy",
    temperature: 0.8,
    seed: 1,
    length: 40,
    attention: "self",
    view: "matrix",
    layer: kFirstLayer,
    head: 0,
    heads: "all",
    pin: null,
    against: null,
    trait: "all",
    mergeWords: false,
    hideSpecial: false,
    occlusion: false,
    stopped: false,
    compares: false,
    other: "",
    swapped: [],
    alignLayer: null,
    alignHead: "mean",
    headsOff: [],
    tokensHidden: [],
    language,
    theme: "auto",
    embed: false,
    section: "attention",
  };
}

export class AppState implements ViewState {
  task = $state<TaskId>("sentiment");
  text = $state("");
  question = $state("");
  context = $state("");
  answer = $state(0);
  source = $state("");
  translator = $state("");
  beams = $state(1);
  sentence = $state(0);
  step = $state(0);
  prompt = $state("");
  writer = $state("");
  decoding = $state<Decoding>("greedy");
  temperature = $state(1);
  seed = $state(0);
  length = $state(0);
  attention = $state<AttentionKind>("self");
  view = $state<ViewKind>("matrix");
  layer = $state(0);
  head = $state<Head>(0);
  heads = $state.raw<readonly number[] | "all">("all");
  pin = $state.raw<Pin | null>(null);
  against = $state<number | null>(null);
  trait = $state<TraitFilter>("all");
  mergeWords = $state(false);
  hideSpecial = $state(false);
  occlusion = $state(false);
  stopped = $state(false);
  compares = $state(false);
  other = $state("");
  swapped = $state.raw<Swap>([]);
  alignLayer = $state<number | null>(null);
  alignHead = $state<Head>("mean");
  headsOff = $state.raw<readonly HeadIndex[]>([]);
  tokensHidden = $state.raw<readonly number[]>([]);
  language = $state<Language>("en");
  theme = $state<Theme>("auto");
  embed = $state(false);
  section = $state<SectionId>("attention");

  readonly #prefersDark = new MediaQuery("prefers-color-scheme: dark");

  constructor(hash: string, preferredLanguages: readonly string[]) {
    const first = preferredLanguages[0] ?? "en";
    this.adopt(fromHash(hash, defaults(first.startsWith("zh") ? "zh" : "en")));
  }

  get isDark(): boolean {
    return this.theme === "auto" ? this.#prefersDark.current : this.theme === "dark";
  }

  get messages() {
    return messagesOf(this.language);
  }

  /** In a frame there is one section alone. */
  shows(section: SectionId): boolean {
    return !this.embed || framedSection(this.task, this.section) === section;
  }

  /** A plain copy, for a link. */
  get choices(): ViewState {
    return fromHash("", this);
  }

  adopt(choices: ViewState): void {
    Object.assign(this, choices);
  }

  /** Another model: what was changed in the one before means nothing to it. */
  open(task: TaskId): void {
    this.task = task;
    this.undoChanges();
    this.swapped = [];
  }

  /** Another text: places in the one before mean nothing in it. */
  forgetPlaces(): void {
    this.answer = 0;
    this.tokensHidden = [];
    this.swapped = [];
  }

  get changes(): Changes {
    return { heads: this.headsOff, tokens: this.tokensHidden };
  }

  toggleHead(place: HeadIndex): void {
    this.headsOff = toggleHead(this.headsOff, place);
  }

  toggleToken(token: number): void {
    this.tokensHidden = toggleToken(this.tokensHidden, token);
  }

  undoChanges(): void {
    this.headsOff = [];
    this.tokensHidden = [];
  }

  choose(layer: number, head: Head): void {
    this.layer = layer;
    this.head = head;
  }
}
