// From input to output, in English.

export const flow = {
  stripIdle: "Rows are layers, columns are tokens. Point at a cell, or use the arrow keys.",
  rollout: "Where a vector comes from",
  rolloutHint:
    "Attention rollout: the attention followed back through all layers to the input. Each layer counts half as the mean of its heads and half as the residual connection; what values and feed-forward parts add is left out.",
  rolloutOf: "The vector of",
  rolloutLabel: (token: string) =>
    `Attention rollout of “${token}”: layers in rows, tokens in columns`,
  rolloutAt: (layer: string, token: string, from: string, share: string) =>
    `After ${layer}, “${token}” comes to ${share} from “${from}”.`,
  residual: "What each layer changes",
  residualHint: (full: string) =>
    `The length of the change that a layer makes to a token’s vector, by the length of the vector before it. The strongest colour stands for ${full} and more.`,
  residualLabel: "Relative change by layer and token: layers in rows, tokens in columns",
  changeAt: (layer: string, token: string, change: string) =>
    `${layer} changes “${token}” by ${change} of its length.`,
  embedding: "What enters the first layer",
  embeddingHint:
    "Each row is the vector of a token: its embedding and that of its position, added up. Where positions are sine waves, as in the translation models, the waves show through.",
  embeddingLabel: (tokens: string, dimensions: string) =>
    `A picture of ${tokens} vectors with ${dimensions} dimensions each`,
  embeddingIdle: (tokens: string, dimensions: string) =>
    `${tokens} tokens, ${dimensions} dimensions. Teal is above zero, orange below.`,
  embeddingAt: (token: string, dimension: string, value: string) =>
    `“${token}”, dimension ${dimension}: ${value}`,
};
