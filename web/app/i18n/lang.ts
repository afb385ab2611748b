// Which language a piece of model text is in, for fonts and screen readers.

const kHan = /\p{Script=Han}/u;

export function langOf(text: string): string {
  return kHan.test(text) ? "zh-Hans" : "en";
}
