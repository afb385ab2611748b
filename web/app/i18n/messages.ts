// One dictionary per language. English says which keys there are; a missing one in another language
// does not compile.

import type { Language } from "../state/view-state.js";
import { en } from "./en.js";
import { zh } from "./zh.js";

export type Messages = typeof en;

const kMessages: Record<Language, Messages> = { en, zh };

export function messagesOf(language: Language): Messages {
  return kMessages[language];
}
