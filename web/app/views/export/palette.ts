// The theme's colours as the page has them now, for pictures that are taken away.

const kNames = [
  "paper",
  "surface",
  "sunken",
  "ink",
  "ink-soft",
  "line-strong",
  "accent",
  "accent-soft",
  "positive",
  "negative",
] as const;

/** CSS colours, resolved: a file knows no theme. */
export type Palette = Readonly<Record<(typeof kNames)[number], string>>;

export function themePalette(): Palette {
  const probe = document.body.appendChild(document.createElement("i"));
  const colors = kNames.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(colors) as Palette;
}

/** What every picture needs besides what it shows. */
export interface Look {
  /** What the picture shows, in words. */
  title: string;
  palette: Palette;
}
