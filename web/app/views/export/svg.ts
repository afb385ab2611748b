// A few lines of SVG, as text.

type Attributes = Record<string, string | number>;

/** Numbers are rounded to a tenth of a pixel. */
export function element(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? round(value) : escape(value)}"`)
    .join("");
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** A text element. */
export function label(text: string, attributes: Attributes): string {
  return element("text", attributes, escape(text));
}

/** A part of a text element. */
export function span(text: string, attributes: Attributes): string {
  return element("tspan", attributes, escape(text));
}

/** Shown by browsers as a tooltip, read by screen readers. */
export function title(text: string): string {
  return element("title", {}, escape(text));
}

export interface Sheet {
  width: number;
  height: number;
  title: string;
  /** Colours of the page's theme, as CSS. */
  paper: string;
  ink: string;
  fontSize: number;
}

export const kFonts = "DejaVu Sans Mono, Menlo, Consolas, Noto Sans Mono CJK SC, monospace";

/** A whole file. The fonts are named, with common ones to fall back on. */
export function sheet(style: Sheet, content: string): string {
  const { width, height, paper, ink, fontSize } = style;
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      "font-family": kFonts,
      "font-size": fontSize,
      fill: ink,
      role: "img",
    },
    title(style.title) + element("rect", { width, height, fill: paper }) + content,
  );
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(kNotXml, "\uFFFD");
}

// Characters that no XML file may hold.
// eslint-disable-next-line no-control-regex
const kNotXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
