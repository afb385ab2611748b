// The encoders that are measured. The vocabulary is small: looking rows up costs no time, and
// downloading them would.

export const shapes = [
  { name: "distilbert", d_model: 768, d_ff: 3072, n_heads: 12, n_layers: 6 },
  { name: "sentiment-en", d_model: 384, d_ff: 1536, n_heads: 12, n_layers: 6 },
];

export const vocabSize = 128;
export const maxTokens = 512;
