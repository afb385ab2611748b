"""Embeddings to start from, out of counts alone: <work>/start.npy, f32 [vocab, d_model]. Seconds instead of epochs.

Words that occur beside the same words start close together: the leading singular vectors of their positive pointwise mutual
information (Levy & Goldberg 2014). The first dimension says instead what the word weighs in a bag of words: logistic
regression on the mean weight of a review's words, itself started from naive Bayes.
"""
import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.corpus import TokenLists
from segmentation import SPECIAL_PIECES

WINDOW = 3  # neighbours on each side that count, the k-th as 1/k
CONTEXT_SMOOTHING = 0.75  # power of the context's frequency: tames rare contexts
SPREAD = 0.06  # standard deviation of an embedding's entries
WEIGHT_SPREAD = 4 * SPREAD
POWER_ITERATIONS = 2
MEAN_GAIN = 4.0  # a mean over a review is smaller than a word's own number
BAG_EPOCHS = 3
BAG_BATCH = 512  # reviews
BAG_LR = 0.02


def neighbour_pairs(corpus: TokenLists, vocabulary: int) -> tuple[np.ndarray, np.ndarray]:
    """Keys `word * vocabulary + neighbour` of all pairs in the window, in both directions, and their weights, summed."""
    review = np.repeat(np.arange(len(corpus)), corpus.lengths())
    ids = corpus.ids.astype(np.int64)
    keys, weights = [], []
    for distance in range(1, WINDOW + 1):
        left, right = ids[:-distance], ids[distance:]
        inside = (review[:-distance] == review[distance:]) & (left >= len(SPECIAL_PIECES)) & (right >= len(SPECIAL_PIECES))
        left, right = left[inside], right[inside]
        keys += [left * vocabulary + right, right * vocabulary + left]
        weights += [np.full(len(left), 1 / distance, np.float32)] * 2
    unique, place = np.unique(np.concatenate(keys), return_inverse=True)
    return unique, np.bincount(place, np.concatenate(weights))


def mutual_information(keys: np.ndarray, counts: np.ndarray, vocabulary: int) -> torch.Tensor:
    """Positive pointwise mutual information of words and neighbours, sparse f32 [vocab, vocab]."""
    rows, columns = np.divmod(keys, vocabulary)
    word = np.bincount(rows, counts, minlength=vocabulary)
    context = word**CONTEXT_SMOOTHING
    context /= context.sum()
    values = np.log(counts / (word[rows] * context[columns]))
    kept = values > 0
    place = torch.from_numpy(np.stack([rows[kept], columns[kept]]))
    values = torch.from_numpy(values[kept].astype(np.float32))
    size = (vocabulary, vocabulary)
    return torch.sparse_coo_tensor(place, values, size, is_coalesced=True, check_invariants=True)


def log_ratios(corpus: TokenLists, labels: np.ndarray, vocabulary: int) -> np.ndarray:
    """[vocab] log of a word's share in positive reviews over that in negative ones, each count plus 1."""
    of_token = np.repeat(labels, corpus.lengths())
    counts = [np.bincount(corpus.ids[of_token == label], minlength=vocabulary) + 1.0 for label in (0, 1)]
    negative, positive = (count / count.sum() for count in counts)
    return np.log(positive / negative)


def word_weights(corpus: TokenLists, labels: np.ndarray, vocabulary: int, rng: np.random.Generator) -> np.ndarray:
    """f32 [vocab]: the weights whose mean over a review, times MEAN_GAIN, is its logit of `positive`."""
    weights = torch.from_numpy(log_ratios(corpus, labels, vocabulary).astype(np.float32)[:, None]).requires_grad_()
    bias = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.Adam([weights, bias], lr=BAG_LR)
    targets = torch.from_numpy(labels.astype(np.float32))
    for _ in range(BAG_EPOCHS):
        for reviews in np.array_split(rng.permutation(len(corpus)), -(-len(corpus) // BAG_BATCH)):
            lists = [corpus[i].astype(np.int64) for i in reviews]
            offsets = torch.from_numpy(np.cumsum([0, *(len(ids) for ids in lists[:-1])]))
            means = functional.embedding_bag(torch.from_numpy(np.concatenate(lists)), weights, offsets, mode="mean")
            loss = functional.binary_cross_entropy_with_logits(MEAN_GAIN * means[:, 0] + bias, targets[reviews])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return weights.detach().numpy()[:, 0]


def embeddings(corpus: TokenLists, labels: np.ndarray, vocabulary: int, width: int, seed: int) -> np.ndarray:
    """f32 [vocab, width]: the weight in a bag of words, then width - 1 singular vectors scaled by the root of their value."""
    information = mutual_information(*neighbour_pairs(corpus, vocabulary), vocabulary)
    left, values, _ = torch.svd_lowrank(information, q=width - 1, niter=POWER_ITERATIONS)
    vectors = (left * values.sqrt()).numpy()
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    table = np.empty((vocabulary, width), np.float32)
    table[:, 1:] = vectors / np.maximum(norms, 1e-6) * SPREAD * np.sqrt(width)
    weights = word_weights(corpus, labels, vocabulary, np.random.default_rng(seed))
    table[:, 0] = weights / weights.std() * WEIGHT_SPREAD
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    config = json.loads((arguments.work / "config.json").read_text())
    arrays = np.load(arguments.work / "corpus.npz")
    corpus = TokenLists(arrays["ids"], arrays["offsets"])
    table = embeddings(corpus, arrays["labels"], config["vocab_size"], config["hidden_size"], arguments.seed)
    np.save(arguments.work / "start.npy", table)


if __name__ == "__main__":
    main()
