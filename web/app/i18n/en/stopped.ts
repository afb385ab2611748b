// What the model would say if it stopped after each layer, in English.

export const stopped = {
  stopped: "Stopped early",
  stoppedHint:
    "What would the model answer if its network ended after each layer? The layers behind hand on what they get, and the answer is read off there.",
  stoppedDecoderHint:
    "What would the model write if its decoder ended after each layer? The encoder stays whole; the decoder’s layers behind hand on what they get, and every token is read off there.",
  stoppedStart: "Stop after each layer",
  stoppedAgain: "Measure again",
  stoppedProgress: "Stops measured",
  stopsDone: (done: string, count: string) => `${done} of ${count} stops`,
  stoppedRows: "The answer after each number of layers",
  afterLayers: (count: number) => (count === 1 ? "1 layer" : `${count} layers`),
  onlyEmbeddings: "the embeddings alone",
  wholeModel: "the whole model",
  settledAtOnce: "The final answer is there before the first layer, and it stays.",
  settledAtLast: "Only the last layer brings the final answer.",
  settledAfter: (layer: number, count: number) =>
    `From layer ${layer} of ${count} on, the answer stays as it is in the end.`,
  stoppedNote:
    "What reads off the answer was trained on the last layer alone: applied to an earlier one it is a projection, which can miss what that layer already holds.",
};
