import { describe, expect, it } from "vitest";
import { sentimentModel } from "../../../web/app/tasks/sentiment/models.js";

const kBoth = { models: [{ id: "sentiment-en" }, { id: "sentiment-zh" }] };

describe("the model that reads a text", () => {
  it.each([
    ["I like it.", "sentiment-en"],
    ["房间很干净。", "sentiment-zh"],
    ["客服态度好，iPhone 屏幕清楚，下次还买", "sentiment-zh"],
    ["The character 好 means good.", "sentiment-en"],
    ["", "sentiment-en"],
    ["👍 5/5", "sentiment-en"],
  ])("%s: %s", (text, model) => {
    expect(sentimentModel(text, kBoth)).toBe(model);
  });

  it("is the Chinese one already while the catalogue is on its way", () => {
    expect(sentimentModel("很好", { models: [] })).toBe("sentiment-zh");
  });

  it("is the English one on a site without another", () => {
    expect(sentimentModel("很好", { models: [{ id: "sentiment-en" }] })).toBe("sentiment-en");
  });
});
