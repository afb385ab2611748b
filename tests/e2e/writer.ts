// The model that writes on, as it ships.

export const kWriter = "story-en";

export const kWriterLayers = 4;

/** Where its files are, from the top of the repository. */
export const kWriterFolder = `models/${kWriter}`;

export const kWriterPrompt = "Once upon a time, there was a";
