"""Reads the stories, keeps some aside, trains a byte-level BPE, and tokenises: <work>/{train,valid}.npy, tokenizer.json."""
import argparse
import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.overlap import HeldOut
from stories import END_OF_TEXT, find_names, read_stories, with_capitals

HELD_OUT_EVERY = 25
MIN_PIECE_COUNT = 3


def train_tokenizer(texts: list[str], vocabulary_size: int) -> Tokenizer:
    """GPT-2's kind: byte-level BPE, with <|endoftext|> (id 0) between texts."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary_size,
        min_frequency=MIN_PIECE_COUNT,
        special_tokens=[END_OF_TEXT],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def split(stories: list[str]) -> tuple[list[str], list[str]]:
    """Every HELD_OUT_EVERY-th story aside; the others without any that equals one of those."""
    aside = stories[::HELD_OUT_EVERY]
    held_out = HeldOut(aside)
    training = [story for i, story in enumerate(stories) if i % HELD_OUT_EVERY and not held_out.contains(story)]
    held_out.assert_absent(training)
    return training, aside


def stream(tokenizer: Tokenizer, stories: list[str]) -> np.ndarray:
    """[tokens] all stories end to end, each with <|endoftext|> before it."""
    separator = tokenizer.token_to_id(END_OF_TEXT)
    encoded = tokenizer.encode_batch(stories)
    return np.concatenate([np.array([separator, *encoding.ids], np.uint16) for encoding in encoded])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with text/tinystories_excerpt/")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--vocabulary", type=int, default=4096)
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    lowered = read_stories(arguments.data / "text/tinystories_excerpt/stories.txt.xz")
    names = find_names(lowered)
    training, aside = split([with_capitals(story, names) for story in dict.fromkeys(lowered)])
    tokenizer = train_tokenizer(training, arguments.vocabulary)
    tokenizer.save(str(arguments.work / "tokenizer.json"), pretty=False)
    for name, stories in (("train", training), ("valid", aside)):
        tokens = stream(tokenizer, stories)
        np.save(arguments.work / f"{name}.npy", tokens)
        print(f"{name}: {len(stories)} stories, {len(tokens)} tokens, {sum(map(len, stories))} characters")
    print(f"{tokenizer.get_vocab_size()} pieces; {len(names)} names: {' '.join(sorted(names))}")


if __name__ == "__main__":
    main()
