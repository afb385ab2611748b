"""Trains tokenisers whose repositories have no tokenizer.json, and records what the reference (transformers) makes of hard lines.

    python3 tests/golden/tokenizers/make_files.py

writes <name>/ with vocab.json and merges.txt, or source.spm, target.spm and vocab.json, and expected.json; files that are there are
kept. MarianTokenizer has no offsets, so that its goldens are ids, tokens and decoded text.
"""

import json
import warnings

import sentencepiece

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
from transformers import GPT2Tokenizer, MarianTokenizer, OpenAIGPTTokenizer

from hard_lines import WRITTEN, hard_lines
from make_subword import train_sentencepiece
from make_wordpiece import HERE, SHOWN, digest, expected, write_json

MARIAN_LINES = [">>fra<< hello", ">>fra<<hello there", ">> fra << x", ">>x", "a </s> b", "<unk>", ">><<", " >>fra<< hi", ">>xyz<<"]


def save_bpe_files(folder, trained):
    """vocab.json and merges.txt of a tokenizer.json trained before."""
    model = json.loads((HERE / trained / "tokenizer.json").read_text())["model"]
    write_json(folder / "vocab.json", model["vocab"])
    lines = ["#version: 0.2"] + [" ".join(merge) for merge in model["merges"]]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n")


def from_pretrained(kind):
    return lambda folder: kind.from_pretrained(folder).backend_tokenizer


def roberta(folder):
    """As RobertaTokenizer is put together; transformers 5.12.1 itself fails at the post-processor's arguments."""
    tokenizer = Tokenizer(models.BPE.from_file(str(folder / "vocab.json"), str(folder / "merges.txt")))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(["<s>", "</s>", "<unk>", "<pad>"])
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=False)
    return tokenizer


def save_marian(folder, corpus, model_type, **options):
    folder.mkdir(exist_ok=True)
    pieces = {}
    for name, lines in (("source", corpus[::2]), ("target", corpus[1::2])):
        file = train_sentencepiece(lines, model_type, character_coverage=0.98, **options)
        (folder / f"{name}.spm").write_bytes(file)

        processor = sentencepiece.SentencePieceProcessor(model_proto=file)
        pieces |= {processor.IdToPiece(i): None for i in range(3, processor.GetPieceSize()) if i % 7}  # some are missing
    vocabulary = ["</s>", "<unk>", *pieces, ">>fra<<", "<pad>"]
    write_json(folder / "vocab.json", {piece: i for i, piece in enumerate(vocabulary)})
    write_json(folder / "tokenizer_config.json", {"source_lang": "eng", "target_lang": "fra"})


def expected_of_marian(tokenizer, lines):
    ids = [tokenizer(line)["input_ids"] for line in lines]
    tokens = [tokenizer.convert_ids_to_tokens(i[-1:]) for i in ids]
    tokens = [tokenizer.tokenize(line) + last for line, last in zip(lines, tokens)]
    decoded = [tokenizer.decode(i) for i in ids]
    return {
        "lines": MARIAN_LINES, "ids": ids[:SHOWN], "tokens": tokens[:SHOWN], "decoded": decoded[:SHOWN],
        "digests": "".join(digest(json.dumps([i, t, d], ensure_ascii=False, separators=(",", ":")).encode())
                           for i, t, d in zip(ids, tokens, decoded)),
    }


def main():
    warnings.simplefilter("ignore")
    corpus = (HERE / "corpus.txt").read_text(encoding="utf-8").splitlines() + [line for line in WRITTEN if line.strip() and "\0" not in line]
    lines = hard_lines()
    for name, trained, read in (("gpt2_files", "byte_level", from_pretrained(GPT2Tokenizer)), ("roberta_files", "roberta", roberta),
                                ("openai_gpt_files", "openai_gpt", from_pretrained(OpenAIGPTTokenizer))):
        if not (HERE / name).exists():
            (HERE / name).mkdir()
            save_bpe_files(HERE / name, trained)
        write_json(HERE / name / "expected.json", expected(read(HERE / name), lines))
        print(name)
    options = {
        "marian": {"model_type": "unigram", "normalization_rule_name": "nmt_nfkc", "vocab_size": 700},
        "marian_bpe": {"model_type": "bpe", "normalization_rule_name": "identity", "vocab_size": 900, "user_defined_symbols": ["<sep>", "learn"]},
    }
    for name, chosen in options.items():
        if not (HERE / name).exists():
            save_marian(HERE / name, corpus, **chosen)
        tokenizer = MarianTokenizer.from_pretrained(HERE / name)
        write_json(HERE / name / "expected.json", expected_of_marian(tokenizer, lines + MARIAN_LINES))
        print(name)


if __name__ == "__main__":
    main()
