"""Adds sentences of the IMDB training reviews to <work>/corpus.npz, labelled by classifiers already trained.

A sentence keeps its label where the classifiers' mean is sure of it and the reviewer's own rating agrees, and as many of each
label. Most of SST-2's training texts are phrases; these are film critics' whole sentences as people write them.
"""
import argparse
import re
import sys
from pathlib import Path

import numpy as np
import torch

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.classifier import load_classifier, predict, softmax, tokenise, weights_of
from common.corpus import TokenLists
from common.labelled import TrainingSet
from common.overlap import HeldOut
from sources import SOURCES, Example, read_all

SOURCE = "imdb_sentences"
SENTENCE_END = re.compile(r"(?<=[.!?])[\"')]*\s+(?=[\"'(]?[A-Z0-9])|<br />")
WORDS = range(6, 41)
SURE = 0.9


def sentences_of(reviews: list[Example]) -> list[Example]:
    """Their sentences of 6 to 40 words, each with its review's label."""
    parts = ((part.strip(), review.label) for review in reviews for part in SENTENCE_END.split(review.text))
    return [Example(SOURCE, text, label) for text, label in parts if len(text.split()) in WORDS]


def agreed(sentences: list[Example], probabilities: np.ndarray) -> np.ndarray:
    """Indices of the sentences whose own label has at least SURE of probabilities [n, 2]; as many of each label."""
    labels = np.array([sentence.label for sentence in sentences])
    sure = np.flatnonzero(probabilities[np.arange(len(labels)), labels] >= SURE)
    by_label = [sure[labels[sure] == label] for label in (0, 1)]
    fewest = min(map(len, by_label))
    return np.sort(np.concatenate([indices[:fewest] for indices in by_label]))


def joined(corpus: TrainingSet, texts: TokenLists, labels: np.ndarray) -> TrainingSet:
    """The corpus with these texts as its only ones of SOURCE."""
    source = SOURCES.index(SOURCE)
    kept = np.flatnonzero(corpus.sources != source)
    lists = [corpus.texts[i] for i in kept] + [texts[i] for i in range(len(texts))]
    sources = np.append(corpus.sources[kept], np.full(len(texts), source, np.uint8))
    return TrainingSet(TokenLists.pack(lists), np.append(corpus.labels[kept], labels.astype(np.int8)), sources)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with sentiment/")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--classifiers", type=Path, nargs="+", required=True, help="work folders or shipped ones")
    parser.add_argument("--count", type=int, default=60_000, help="sentences to look at")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()

    training, evaluation = read_all(arguments.data / "sentiment")
    held_out = HeldOut(example.text for examples in evaluation.values() for example in examples)
    found = sentences_of([example for example in training if example.source == "imdb"])
    found = [sentence for sentence in found if not held_out.contains(sentence.text)]
    chosen = np.random.default_rng(arguments.seed).permutation(len(found))[: arguments.count]
    sentences = [found[i] for i in chosen]
    texts = tokenise(arguments.work, [sentence.text for sentence in sentences])
    models = (load_classifier(arguments.work, weights_of(folder)) for folder in arguments.classifiers)
    probabilities = [softmax(predict(model.to(torch.bfloat16), texts)) for model in models]
    kept = agreed(sentences, np.mean(probabilities, axis=0))
    held_out.assert_absent(sentences[i].text for i in kept)

    path = arguments.work / "corpus.npz"
    kept_texts = TokenLists.pack([texts[i] for i in kept])
    corpus = joined(TrainingSet.load(path), kept_texts, np.array([sentences[i].label for i in kept]))
    np.savez(path, ids=corpus.texts.ids, offsets=corpus.texts.offsets, labels=corpus.labels, sources=corpus.sources)
    print(f"{len(found)} sentences, {len(sentences)} looked at, {len(kept)} kept, {len(kept_texts.ids)} tokens")


if __name__ == "__main__":
    main()
