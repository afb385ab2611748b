// SQuAD's official scores (Rajpurkar et al. 2016, 2018): exact match and F1 of words after normalisation, the best over the
// gold answers; in v2.0 a question without answers is right exactly when the answer is "". Data: the official JSON.
import { readText } from "../data.mjs";

const files = ["dev-v1.1.json", "dev-v2.0.json"];

/** Lower case, no ASCII punctuation, no articles, single blanks. */
export function normalise(text) {
  const plain = text.toLowerCase().replace(/[!-/:-@[-`{-~]/g, "");
  return plain
    .replace(/(?<![\p{L}\p{N}_])(a|an|the)(?![\p{L}\p{N}_])/gu, " ")
    .trim()
    .split(/\s+/)
    .join(" ");
}

function words(text) {
  return normalise(text).split(" ").filter(Boolean);
}

/** Harmonic mean of the shared words' shares; where one side is empty, whether both are. */
export function f1(prediction, gold) {
  const [predicted, expected] = [words(prediction), words(gold)];
  if (predicted.length === 0 || expected.length === 0)
    return Number(predicted.length === expected.length);
  const left = [...expected];
  const shared = predicted.filter((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  }).length;
  return (2 * shared) / (predicted.length + expected.length);
}

function readQuestions(path) {
  const { data } = JSON.parse(readText(path, files));
  const paragraphs = data.flatMap((article) => article.paragraphs);
  return paragraphs.flatMap(({ context, qas }) =>
    qas.map(({ question, answers, is_impossible = false }) => ({
      ...{ question, context },
      golds: is_impossible ? [] : answers.map(({ text }) => text),
    })),
  );
}

/** Best exact match and F1 over the gold answers. */
export function score(prediction, golds) {
  const choices = golds.filter((gold) => normalise(gold) !== "");
  if (choices.length === 0) choices.push("");
  const exact = Math.max(
    ...choices.map((gold) => Number(normalise(prediction) === normalise(gold))),
  );
  return { exact, f1: Math.max(...choices.map((gold) => f1(prediction, gold))) };
}

function percent(scores, name) {
  const sum = scores.reduce((total, one) => total + one[name], 0);
  return Number(((100 * sum) / scores.length).toFixed(2));
}

/** EM and F1; of a set with impossible questions also by whether there is an answer. */
export async function evaluateQuestionAnswering(model, config, { data, sample }, progress) {
  const questions = sample(readQuestions(data));
  const mayBeEmpty = questions.some(({ golds }) => golds.length === 0);
  const options = { handle_impossible_answer: mayBeEmpty };
  const scored = questions.map(({ question, context, golds }, i) => {
    const [{ answer }] = model.run(question.trim(), context, options);
    progress(i + 1, questions.length);
    return { ...score(answer, golds), hasAnswer: golds.length > 0 };
  });
  const figures = {
    examples: scored.length,
    exact: percent(scored, "exact"),
    f1: percent(scored, "f1"),
  };
  if (!mayBeEmpty) return figures;
  const part = (wanted) =>
    percent(
      scored.filter(({ hasAnswer }) => hasAnswer === wanted),
      "f1",
    );
  return { ...figures, has_answer_f1: part(true), no_answer_f1: part(false) };
}
