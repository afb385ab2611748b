"""Tiny random readers and the answers they give by the rules of transformers' question-answering pipeline.

    python3 tests/golden/pipelines/make_question_answering.py

transformers 5 has no such pipeline any more. This one is written after the documentation and behaviour of 4.57's, on its
models and the tokens and words of the reference tokenisers, as plainly as can be: every span of every window is scored. Two rules differ from 4.57, where it is wrong: an answer that several windows see has its best window's score
(4.57 adds them up, beyond 1), and scripts that are written without blanks are not widened to "words".
"""

import numpy as np
import regex
import tokenizers
import torch
from transformers import BertConfig, BertForQuestionAnswering, RobertaConfig, RobertaForQuestionAnswering

from tiny import HERE, SIZES, make_model, save, tokenizer_file, utf16

POSITIONS = 64
DEFAULTS = dict(top_k=1, max_answer_len=15, max_seq_len=POSITIONS, doc_stride=POSITIONS // 2, handle_impossible_answer=False, align_to_words=True)
UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")

SHORT = "Attention is a weighted mean of values; the weights come from queries and keys, and they sum to one."
EMOJI = "Everyone 😀😀 cheered when the film 🎬 won, and she said: “Unbelievable!” 👍🏽 The café served 3,000 guests."
CHINESE = "注意力是值的加权平均，权重来自查询和键，它们的和为一。编码器看到所有的词，解码器只看到前面的词。"
LONG = (
    "The encoder sees all tokens, the decoder sees only those before it: that is what the mask is for. Beam search keeps the best "
    "hypotheses, and the length penalty decides between short ones and long ones.\n\nWe tokenize the text into pieces of words, because "
    "no vocabulary holds all the words of a language. The film was wonderful, moving and funny; the acting was superb, and I would "
    "watch it again and again. 在最后一段，答案是四十二。 The film was terrible, boring and far too long; the plot made no sense, and I want my "
    "money back. A head that looks at the previous token, a head that looks at the separator, a head that looks at nothing 😀."
)
REPEATED = "Yes. No. Yes. No. yes, no, YES, NO: yes and no and yes and no."

CASES = [
    ("What is attention?", SHORT, {}),
    ("What is attention?", SHORT, {"top_k": 5}),
    ("What is attention?", SHORT, {"top_k": 5, "align_to_words": False}),
    ("What is attention?", SHORT, {"top_k": 3, "max_answer_len": 1}),
    ("What is attention?", SHORT, {"top_k": 4, "handle_impossible_answer": True}),
    ("Who cheered? 😀", EMOJI, {"top_k": 6}),
    ("注意力是什么？", CHINESE, {"top_k": 6}),
    ("注意力是什么？", CHINESE, {"top_k": 2, "handle_impossible_answer": True, "max_answer_len": 40}),
    ("Which head?", LONG, {"top_k": 8}),
    ("Which head?", LONG, {"top_k": 8, "doc_stride": 3, "max_answer_len": 4}),
    ("Which head?", LONG, {"top_k": 5, "doc_stride": 20, "max_seq_len": 40, "align_to_words": False}),
    ("Which head?", LONG, {"top_k": 5, "handle_impossible_answer": True}),
    ("Yes or no?", REPEATED, {"top_k": 7}),
    ("Yes or no?", REPEATED, {"top_k": 3, "max_seq_len": 24, "doc_stride": 9}),
    ("?", "42", {}),
    ("?", "😀", {"top_k": 3, "handle_impossible_answer": True}),
    ("  spaces  around ", "\n\t the answer \u00a0 ", {"top_k": 2}),
]


def softmax(logits, allowed):
    masked = np.where(allowed, logits.astype(np.float64), -np.inf)
    exponentials = np.exp(masked - masked.max())
    return exponentials / exponentials.sum()


class Window:
    """The question and special tokens of a pair's encoding, with a part of its context."""

    def __init__(self, pair, tokens):
        self.ids, self.type_ids = [pair.ids[i] for i in tokens], [pair.type_ids[i] for i in tokens]
        self.sequence_ids, self.word_ids = [pair.sequence_ids[i] for i in tokens], [pair.word_ids[i] for i in tokens]
        self.offsets = [pair.offsets[i] for i in tokens]


def windows_of(tokenizer, question, context, options):
    """The tokeniser's own windows are no help: 0.23.1 stops reading a text once max_length tokens are there."""
    pair = tokenizer.encode(question, context)
    inside = [i for i, sequence in enumerate(pair.sequence_ids) if sequence == 1]
    before, after = list(range(inside[0])), list(range(inside[-1] + 1, len(pair.ids)))
    room = options["max_seq_len"] - len(before) - len(after)
    windows, begin = [], 0
    while True:
        windows.append(Window(pair, before + inside[begin : begin + room] + after))
        if begin + room >= len(inside):
            return windows
        begin += room - options["doc_stride"]


def probabilities(model, window):
    """Start and end probabilities over [CLS] and the context, and where the context is."""
    inputs = {"input_ids": torch.tensor([window.ids])}
    if model.config.type_vocab_size > 1:
        inputs["token_type_ids"] = torch.tensor([window.type_ids])
    with torch.no_grad():
        output = model(**inputs)
    context = np.array([sequence == 1 for sequence in window.sequence_ids])
    allowed = context.copy()
    allowed[0] = True
    return softmax(output.start_logits[0].numpy(), allowed), softmax(output.end_logits[0].numpy(), allowed), context


def spans_of(start, end, context, options):
    """Every span of the context by score, as (score, first, last), the best 2 top_k + 10."""
    spans = [
        (start[first] * end[last], first, last)
        for first in np.flatnonzero(context)
        for last in range(first, min(first + options["max_answer_len"], len(context)))
        if context[last]
    ]
    return sorted(spans, key=lambda span: -span[0])[: 2 * options["top_k"] + 10]


def word_of(window, token, text):
    same = [i for i in range(len(window.ids)) if window.word_ids[i] == window.word_ids[token] and window.sequence_ids[i] == 1]
    start, end = window.offsets[same[0]][0], window.offsets[same[-1]][1]
    return window.offsets[token] if UNSPACED.search(text[start:end]) else (start, end)


def place_of(window, first, last, text, options):
    if not options["align_to_words"]:
        return window.offsets[first][0], window.offsets[last][1]
    return word_of(window, first, text)[0], word_of(window, last, text)[1]


def answers_of_window(window, start, end, context, text, options):
    """By lower-cased text: [score, start, end, text]; scores of the same text add up."""
    answers = {}
    for score, first, last in spans_of(start, end, context, options):
        low, high = place_of(window, first, last, text, options)
        answer = answers.setdefault(text[low:high].lower(), [0.0, low, high, text[low:high]])
        answer[0] += score
    return answers


def answer(tokenizer, model, question, text, wish):
    options = DEFAULTS | wish
    best, no_answer, windows = {}, 1.0, windows_of(tokenizer, question, text, options)
    for window in windows:
        start, end, context = probabilities(model, window)
        no_answer = min(no_answer, start[0] * end[0])
        for key, found in answers_of_window(window, start, end, context, text, options).items():
            if key not in best or found[0] > best[key][0][0]:
                best[key] = (found, window, start, end)
    ranked = sorted(best.values(), key=lambda entry: -entry[0][0])
    _, window, start, end = ranked[0]
    answers = [entry[0] for entry in ranked] + ([[no_answer, 0, 0, ""]] if options["handle_impossible_answer"] else [])
    answers = sorted(answers, key=lambda entry: -entry[0])[: options["top_k"]]
    return {
        "question": question,
        "context": text,
        "options": wish,
        "windows": len(windows),
        "answers": [{"score": float(s), "start": utf16(text, a), "end": utf16(text, b), "answer": t} for s, a, b, t in answers],
        "ids": window.ids,
        "start_scores": [float(x) for x in start],
        "end_scores": [float(x) for x in end],
    }


def main():
    roberta = RobertaConfig(vocab_size=1001, max_position_embeddings=POSITIONS + 2, type_vocab_size=1, pad_token_id=1, **SIZES)
    bert = BertConfig(vocab_size=2000, max_position_embeddings=POSITIONS, **SIZES)
    for folder, tokenizer, model in [
        ("question-answering-bert", "cased", BertForQuestionAnswering(bert)),
        ("question-answering-roberta", "roberta", RobertaForQuestionAnswering(roberta)),
    ]:
        reference = tokenizers.Tokenizer.from_file(str(tokenizer_file(tokenizer)))
        model = make_model(model, seed=17)
        save(HERE / folder, model, tokenizer, [answer(reference, model, *case) for case in CASES])


if __name__ == "__main__":
    main()
