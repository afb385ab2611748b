"""Random combinations of everything that a tokenizer.json may be made of, over the vocabularies of this folder."""

import json
from pathlib import Path

HERE = Path(__file__).parent
BLANK = "\u2581"

# The models of this folder, with what a combination may replace in their text.
NO_FUSE, FUSE = ('"fuse_unk":true', '"fuse_unk":false'), ('"fuse_unk":false', '"fuse_unk":true')
NO_BYTES, WHOLE = ('"byte_fallback":true', '"byte_fallback":false'), ('"ignore_merges":false', '"ignore_merges":true')
WORDS = ('"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,', '"type":"WordLevel","unk_token":"[UNK]",')
MODELS = {
    "uncased": [[], [('"max_input_chars_per_word":100', '"max_input_chars_per_word":5')]], "cased": [[], [WORDS]],
    "byte_level": [[], [WHOLE], [('"dropout":null', '"dropout":0.0')]], "roberta": [[]],
    "llama2": [[], [NO_FUSE], [NO_BYTES], [NO_BYTES, NO_FUSE], [WHOLE]], "openai_gpt": [[], [FUSE]], "subword_nmt": [[], [NO_FUSE]],
    "t5": [[]], "albert": [[]], "camembert": [[], [NO_BYTES]],
}

LITERALS = [" ", "a", "the", ".", "e\u0301", BLANK, "\u4e2d", "''", "\n", "ing"]
PATTERNS = [
    r"\s+", r" {2,}", r"[^\s\w]+", r"\p{N}{1,3}", r"\w+|[^\w\s]+", r"(?i:'s|'t|'re)|\p{L}+", r"[aeiou]+?", r"\s+(?!\S)", r"a(?=b)|c", r"[\r\n]+",
    r"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", r"\s{2,}|[\n\r\t]", r"[^a-z]", r"\S+", r".", r"x?y*z+", r"[\u4e00-\u9fff]",
]
BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]
TOKENS = ["<mask>", "foo", "[MASK]", " the", "Yesterday", "caf\u00e9", "a b", "<e1>", "<e2>", "\u4e2d\u6587", "ing", BLANK]


def some(rng, make, least, most):
    return [make(rng) for _ in range(rng.randint(least, most))]


def pattern(rng):
    return {"String": rng.choice(LITERALS)} if rng.random() < 0.4 else {"Regex": rng.choice(PATTERNS)}


def flag(rng):
    return rng.random() < 0.5


def metaspace(rng):
    return {"type": "Metaspace", "replacement": BLANK, "prepend_scheme": rng.choice(["always", "first", "never"]), "split": flag(rng)}


def normalizer(rng):
    return rng.choice([
        lambda: {"type": "BertNormalizer", "clean_text": flag(rng), "handle_chinese_chars": flag(rng), "strip_accents": rng.choice([None, True, False]),
                 "lowercase": flag(rng)},
        lambda: {"type": rng.choice(["NFC", "NFD", "NFKC", "NFKD", "Lowercase", "Nmt", "StripAccents"])},
        lambda: {"type": "Strip", "strip_left": flag(rng), "strip_right": flag(rng)},
        lambda: {"type": "Replace", "pattern": pattern(rng), "content": rng.choice(["", " ", BLANK, "ab", "x"])},
        lambda: {"type": "Prepend", "prepend": rng.choice([BLANK, " ", "ab"])},
        lambda: {"type": "ByteLevel"},
    ])()


def pre_tokenizer(rng):
    return rng.choice([
        lambda: {"type": rng.choice(["BertPreTokenizer", "Whitespace", "WhitespaceSplit"])},
        lambda: {"type": "ByteLevel", "add_prefix_space": flag(rng), "trim_offsets": flag(rng), "use_regex": flag(rng)},
        lambda: {"type": "CharDelimiterSplit", "delimiter": rng.choice([" ", "e", BLANK, "."])},
        lambda: {"type": "Digits", "individual_digits": flag(rng)},
        lambda: {"type": "FixedLength", "length": rng.randint(1, 7)},
        lambda: metaspace(rng),
        lambda: {"type": "Punctuation", "behavior": rng.choice(BEHAVIORS)},
        lambda: {"type": "Split", "pattern": pattern(rng), "behavior": rng.choice(BEHAVIORS), "invert": flag(rng)},
    ])()


def template(rng):
    special = {"<one>": {"id": "<one>", "ids": [1], "tokens": ["<one>"]}, "<two>": {"id": "<two>", "ids": [2, 0], "tokens": ["<a>", "<b>"]}}
    text = lambda name: {"Sequence": {"id": name, "type_id": rng.randint(0, 1)}}
    more = lambda: some(rng, lambda r: {"SpecialToken": {"id": r.choice(list(special)), "type_id": r.randint(0, 2)}}, 0, 2)
    return {"type": "TemplateProcessing", "single": more() + [text("A")] + more(), "pair": more() + [text("A")] + more() + [text("B")] + more(), "special_tokens": special}


def post_processor(rng):
    ends = {"sep": ["<sep>", 2], "cls": ["<cls>", 0]}
    trimming = lambda: {"add_prefix_space": flag(rng), "trim_offsets": flag(rng)}
    byte_level = lambda: {"type": "ByteLevel", "use_regex": True} | trimming()
    return rng.choice([
        lambda: template(rng), lambda: {"type": "BertProcessing"} | ends, lambda: {"type": "RobertaProcessing"} | ends | trimming(), byte_level,
        lambda: {"type": "Sequence", "processors": [byte_level(), template(rng)]}, lambda: None,
    ])()


def decoder(rng):
    return rng.choice([
        lambda: {"type": rng.choice(["ByteFallback", "Fuse"])},
        lambda: {"type": "ByteLevel", "add_prefix_space": flag(rng), "trim_offsets": flag(rng), "use_regex": flag(rng)},
        lambda: {"type": "WordPiece", "prefix": rng.choice(["##", ""]), "cleanup": flag(rng)},
        lambda: metaspace(rng),
        lambda: {"type": "BPEDecoder", "suffix": "</w>"},
        lambda: {"type": "Replace", "pattern": pattern(rng), "content": rng.choice(["", " ", "ab"])},
        lambda: {"type": "Strip", "content": rng.choice([" ", "a", BLANK]), "start": rng.randint(0, 2), "stop": rng.randint(0, 2)},
    ])()


def sequence(rng, kind, key, make):
    """Nothing, one part, or some."""
    count = rng.choice([0, 1, 1, 2, 2, 3])
    parts = [make(rng) for _ in range(count)]
    return None if not parts else parts[0] if count == 1 and flag(rng) else {"type": kind, key: parts}


def added_token(rng, content, number):
    flags = {name: rng.random() < 0.3 for name in ("single_word", "lstrip", "rstrip", "normalized", "special")}
    return {"id": number, "content": content} | flags


def model_text(name, replacements):
    """The last section of a tokenizer.json of this folder, with its braces."""
    text = (HERE / name / "tokenizer.json").read_text()
    text = text[text.index('"model":{"type":') :].strip().removesuffix("}")
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return text


def vocabulary_size(text):
    return len(json.loads("{" + text + "}")["model"]["vocab"])


def random_tokenizer(rng):
    """The name of a model, what is replaced in its text, and the other sections of a tokenizer.json."""
    name = rng.choice(list(MODELS))
    contents = rng.sample(TOKENS, rng.choice([0, 0, 1, 3, 5]))
    replacements = rng.choice(MODELS[name])
    first = vocabulary_size(model_text(name, replacements))
    sections = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [added_token(rng, token, first + i) for i, token in enumerate(contents)],
        "normalizer": sequence(rng, "Sequence", "normalizers", normalizer), "pre_tokenizer": sequence(rng, "Sequence", "pretokenizers", pre_tokenizer),
        "post_processor": post_processor(rng), "decoder": sequence(rng, "Sequence", "decoders", decoder),
    }
    return name, replacements, sections


def whole_text(name, replacements, sections):
    """The tokenizer.json of a combination."""
    return json.dumps(sections, separators=(",", ":")).removesuffix("}") + "," + model_text(name, replacements) + "}"
