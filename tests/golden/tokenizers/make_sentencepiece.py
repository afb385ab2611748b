"""Trains SentencePiece models laid out as the repositories of the Hub have them, without tokenizer.json, and records what the
reference (transformers) makes of hard lines: it puts a tokeniser of its own together from the pieces.

    python3 tests/golden/tokenizers/make_sentencepiece.py

writes folders/<name>/ with spiece.model, sentencepiece.bpe.model or tokenizer.model (or CTRL's vocab.json and merges.txt), the JSON
files beside it, and expected.json; files that are there are kept. Needs protobuf beside requirements.txt.
"""

import json
import tempfile
import warnings
from pathlib import Path

from transformers import AutoTokenizer, logging

from hard_lines import WRITTEN, hard_lines
from make_subword import train_sentencepiece
from make_wordpiece import HERE, digest, spans, utf16_offsets, write_json

FOLDERS = HERE / "folders"
SHOWN = 60  # lines whose expectation is kept in full
BLOCK = 4  # lines that share a digest
UNIGRAM = {"model_type": "unigram", "vocab_size": 760}
GOOGLE = UNIGRAM | {"pad_id": 0, "eos_id": 1, "unk_id": 2, "bos_id": -1}
MASK = {"content": "<mask>", "lstrip": True, "rstrip": False, "single_word": False, "normalized": False}

# A few rules of normalisation: SentencePiece's own table has 240 KB.
RULES = {
    "\uff21": "A", "\uff22": "B", "\ufb01": "fi", "\u00a0": " ", "\u3000": " ", "\u200b": " ", "\u007f": "", "\u00ad": "",
    "e\u0301": "\u00e9", "\u2026": "...", "\u00bd": "1/2", "\u2460": "1", "\uff0c": ",", "\uff01": "!", "\t": " ", "\n": " ", "\r": " ",
    "\u1112\u1161\u11ab": "\ud55c", "\u212b": "\u00c5", "\u0133": "ij",
}

LINES = [
    "a <mask> b<mask>", "<extra_id_0> x <extra_id_99>", "[CLS] a [MASK] [SEP]", "<s> a </s> <unk> <pad>", "en_XX hello ro_RO", "<mask_1> a <mask_2> <unk_2>",
    "`` quoted '' \u00c9t\u00e9", "a  b   c ", " leading", "x\n\ny", "1,000, 25, 3,", "<new> <NEW> new <old>", "a@@ b@@", "Links in one line\nand another\n",
]

# The file of the pieces, how they are trained, and the JSON files beside them.
KINDS = {
    "t5": ("spiece.model", GOOGLE, {"tokenizer_config.json": {"tokenizer_class": "T5Tokenizer"}}),
    "mt5": ("spiece.model", "t5", {"config.json": {"model_type": "mt5"}, "tokenizer_config.json": {"extra_ids": 0}}),
    "albert": ("spiece.model", UNIGRAM | {"pad_id": 0, "unk_id": 1, "bos_id": -1, "eos_id": -1, "control_symbols": ["[CLS]", "[SEP]", "[MASK]"],
                                          "user_defined_symbols": ["(", ")", '"', "-", "."]}, {"config.json": {"model_type": "albert"}}),
    "albert_cased": ("spiece.model", "albert", {"tokenizer_config.json": {
        "tokenizer_class": "AlbertTokenizer", "do_lower_case": False, "keep_accents": True, "clean_up_tokenization_spaces": True,
        "mask_token": MASK | {"content": "[MASK]", "__type": "AddedToken"}}}),
    "xlm_roberta": ("sentencepiece.bpe.model", UNIGRAM, {
        "tokenizer_config.json": {"tokenizer_class": "XLMRobertaTokenizerFast"}, "special_tokens_map.json": {"mask_token": MASK},
        "added_tokens.json": {"<new>": 762, "<old>": 763}}),
    "camembert": ("sentencepiece.bpe.model", "xlm_roberta", {"config.json": {"model_type": "camembert"}}),
    "mbart": ("sentencepiece.bpe.model", "xlm_roberta", {"tokenizer_config.json": {"tokenizer_class": "MBartTokenizer", "src_lang": "ro_RO"}}),
    "mbart50": ("sentencepiece.bpe.model", "xlm_roberta", {"tokenizer_config.json": {"tokenizer_class": "MBart50Tokenizer", "src_lang": "ka_GE"}}),
    "pegasus": ("spiece.model", "t5", {"config.json": {"model_type": "pegasus"}}),
    "llama": ("tokenizer.model", {"model_type": "bpe", "vocab_size": 900, "byte_fallback": True}, {
        "tokenizer_config.json": {"tokenizer_class": "LlamaTokenizer", "add_bos_token": True, "legacy": True, "added_tokens_decoder": {
            "900": {"content": "<new>", "lstrip": False, "rstrip": True, "single_word": False, "normalized": False, "special": False}}}}),
}


def train(corpus, options):
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as rules:
        code = lambda text: " ".join(f"{ord(c):X}" for c in text)
        rules.write("".join(f"{code(old)}\t{code(new)}\n" for old, new in RULES.items()))
        rules.flush()
        return train_sentencepiece(corpus[::2], character_coverage=0.98, normalization_rule_tsv=rules.name, **options)


def save(name, corpus):
    file, options, beside = KINDS[name]
    folder = FOLDERS / name
    if not folder.exists():
        folder.mkdir(parents=True)
        if isinstance(options, str):  # the same pieces as another kind: as tests need them, with a link's size
            (folder / "pieces.json").write_text(json.dumps({"from": f"{options}/{KINDS[options][0]}"}) + "\n")
        else:
            (folder / file).write_bytes(train(corpus, options))
    for json_file, contents in beside.items():
        write_json(folder / json_file, contents)


def save_ctrl():
    """CTRL's files from those of the first GPT: what does not end a word is marked."""
    folder, trained = FOLDERS / "ctrl", HERE / "openai_gpt_files"
    if folder.exists():
        return
    folder.mkdir(parents=True)
    pieces = {}
    for token in json.loads((trained / "vocab.json").read_text()):
        pieces[token.removesuffix("</w>") if token.endswith("</w>") or token == "<unk>" else token + "@@"] = None
    write_json(folder / "vocab.json", {piece: i for i, piece in enumerate(pieces)})
    (folder / "merges.txt").write_text((trained / "merges.txt").read_text())
    write_json(folder / "config.json", {"model_type": "ctrl"})


def load(name):
    """As AutoTokenizer reads the folder; pieces that another folder has are put beside the rest first."""
    folder = FOLDERS / name
    with tempfile.TemporaryDirectory() as copy:
        for file in folder.iterdir():
            if file.name == "pieces.json":
                (Path(copy) / KINDS[name][0]).write_bytes((FOLDERS / json.loads(file.read_text())["from"]).read_bytes())
            elif file.name != "expected.json":
                (Path(copy) / file.name).write_bytes(file.read_bytes())
        return AutoTokenizer.from_pretrained(copy)


def expected_of(tokenizer, line):
    """Ids, tokens, places (where the reference has them) and decoded text, with and without special tokens."""
    if tokenizer.is_fast:
        encoding = tokenizer.backend_tokenizer.encode(line)
        ids, places = encoding.ids, spans(utf16_offsets(encoding, [line]))
    else:
        ids, places = tokenizer(line)["input_ids"], None
    tokens = tokenizer.convert_ids_to_tokens(ids)
    return [ids, tokens, places, tokenizer.decode(ids), tokenizer.decode(ids, skip_special_tokens=True)]


def write_expected(name, lines):
    tokenizer = load(name)
    expected = [expected_of(tokenizer, line) for line in lines]
    texts = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in expected]
    blocks = ["\n".join(texts[i : i + BLOCK]) for i in range(0, len(texts), BLOCK)]
    pair = tokenizer("The first text", "and the second.")["input_ids"]
    write_json(FOLDERS / name / "expected.json", {
        "lines": LINES, "shown": expected[: len(LINES) + SHOWN], "pair": pair, "digests": "".join(digest(block.encode()) for block in blocks),
    })
    print(name, type(tokenizer).__name__, len(tokenizer))


def main():
    warnings.simplefilter("ignore")
    logging.set_verbosity_error()
    corpus = (HERE / "corpus.txt").read_text(encoding="utf-8").splitlines() + [line for line in WRITTEN if line.strip() and "\0" not in line]
    for name in KINDS:
        save(name, corpus)
    save_ctrl()
    for name in [*KINDS, "ctrl"]:
        write_expected(name, LINES + hard_lines())


if __name__ == "__main__":
    main()
