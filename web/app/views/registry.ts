// The views of an attention, one line each: on the page, and as a picture to take away.

import type { Component } from "svelte";
import type { AppState } from "../state/app-state.svelte.js";
import { whichHead } from "../i18n/which-head.js";
import { attentionView, type AttentionView } from "../state/attention-view.js";
import { attentionOfKind, isSquare, type Trace } from "../state/trace.js";
import { kViewKinds, type ViewKind, type ViewState } from "../state/view-state.js";
import { besideSvg } from "./beside/beside-svg.js";
import type { PictureStyle } from "./export/style.js";
import ArithmeticView from "./arithmetic/ArithmeticView.svelte";
import FlowView from "./flow/FlowView.svelte";
import { layerView } from "./flow/layer-view.js";
import { mixOf, rolloutOf } from "./flow/rollout.js";
import AllHeads from "./heads/AllHeads.svelte";
import { headsSvg } from "./heads/heads-svg.js";
import { pinInRange, shownHeads } from "./lines/lines.js";
import { linesSvg } from "./lines/lines-svg.js";
import LinesView from "./lines/LinesView.svelte";
import { matrixSvg } from "./matrix/matrix-svg.js";
import MatrixView from "./matrix/MatrixView.svelte";
import type { ViewProps } from "./props.js";
import ThreeAttentions from "./three/ThreeAttentions.svelte";

interface ViewEntry {
  View: Component<ViewProps>;
  /** Only for tasks that can take a head apart. */
  needsInspection?: boolean;
  /** Only for a text that looks at itself. */
  needsOneText?: boolean;
  /** Only where there are several attentions. */
  needsSeveral?: boolean;
  /** Its tokens are those of the model, never merged or hidden. */
  isTokenByToken?: boolean;
  toSvg: (view: AttentionView, app: AppState, style: PictureStyle, trace: Trace) => string;
}

export const kViews: Record<ViewKind, ViewEntry> = {
  matrix: { View: MatrixView, toSvg: (view, _, style) => matrixSvg(view, style) },
  lines: { View: LinesView, toSvg: picturedLines },
  arithmetic: {
    View: ArithmeticView,
    needsInspection: true,
    isTokenByToken: true,
    toSvg: (view, _, style) => matrixSvg(view, style),
  },
  heads: { View: AllHeads, toSvg: ({ attention }, _, style) => headsSvg(attention, style) },
  flow: { View: FlowView, needsOneText: true, isTokenByToken: true, toSvg: picturedRollout },
  three: { View: ThreeAttentions, needsSeveral: true, toSvg: picturedTrace },
};

type Wished = Pick<ViewState, "attention" | "view">;

/** The views that there are of an attention, and the one to show: links may ask for another. */
export function viewsFor(
  trace: Trace,
  { attention: which, view: wished }: Wished,
  canInspect: boolean,
) {
  const attention = attentionOfKind(trace, which);
  const possible = kViewKinds.filter((kind) => {
    const { needsInspection, needsOneText, needsSeveral } = kViews[kind];
    const hasTexts = isSquare(attention) || !needsOneText;
    return (canInspect || !needsInspection) && hasTexts && (trace.length > 1 || !needsSeveral);
  });
  return { possible, kind: possible.includes(wished) ? wished : ("matrix" as const) };
}

function picturedRollout({ attention }: AttentionView, app: AppState, style: PictureStyle): string {
  const mixes = Array.from({ length: attention.layers }, (_, layer) => mixOf(attention, layer));
  const n = attention.keys.length;
  const token = app.pin?.side === "query" && app.pin.index < n ? app.pin.index : 0;
  const names = mixes.map((_, layer) => app.messages.layerNumber(layer + 1));
  const view = layerView(attention, names, rolloutOf(mixes, n, token));
  return matrixSvg(view, {
    ...style,
    title: app.messages.rolloutLabel(attention.keys[token]!.text),
  });
}

function picturedTrace(
  { layer, head }: AttentionView,
  { messages }: AppState,
  style: PictureStyle,
  trace: Trace,
): string {
  const parts = trace.map((attention) => {
    const view = attentionView(attention, layer, head);
    const which = whichHead(messages, view.layer, view.head);
    return { view, title: messages.pictureTitle(messages.attentionKinds[attention.kind], which) };
  });
  return besideSvg(parts, { ...style, title: messages.viewKinds.three });
}

function picturedLines(view: AttentionView, app: AppState, style: PictureStyle): string {
  const { attention, layer } = view;
  const heads = shownHeads(attention, app.heads);
  return linesSvg(attention, { layer, heads, focus: pinInRange(attention, app.pin) }, style);
}
