"""Trains small WordPiece vocabularies and records what the reference (Hugging Face tokenizers) makes of hard lines.

    python3 tests/golden/tokenizers/make_wordpiece.py

writes, beside this file, hard_lines.json, code_points.json, encodings.json and <name>/{tokenizer.json, expected.json}.
A tokenizer.json that is there is kept: training is not the same every time. Delete it to train it again.
The reference counts code points; all offsets here are UTF-16 code units, as the engine's.
"""

import json
import struct
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

from hard_lines import WRITTEN, hard_lines

HERE = Path(__file__).parent
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
VOCABULARY = 2000
SHOWN = 200  # lines whose expectation is kept in full
SURROGATES = range(0xD800, 0xE000)


def write_json(path, value):
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=True, separators=(",", ":")) + "\n")


def bert(lowercase, strip_accents=None):
    return normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=strip_accents, lowercase=lowercase)


def template(tokenizer):
    ids = [(token, tokenizer.token_to_id(token)) for token in ("[CLS]", "[SEP]")]
    return processors.TemplateProcessing(single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=ids)


def train(lines, normalizer, pre_tokenizer, max_input_chars_per_word=100):
    model = models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=max_input_chars_per_word)
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizer
    tokenizer.train_from_iterator(lines, trainers.WordPieceTrainer(vocab_size=VOCABULARY, special_tokens=SPECIAL, show_progress=False))
    return tokenizer


def uncased(corpus):
    tokenizer = train(corpus, bert(lowercase=True), pre_tokenizers.BertPreTokenizer())
    tokenizer.post_processor = template(tokenizer)
    return tokenizer


def cased(corpus):
    tokenizer = train(corpus, bert(lowercase=False), pre_tokenizers.BertPreTokenizer())
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return tokenizer


def accented(corpus):
    """Case is lowered but accents stay, as no other one does."""
    tokenizer = train(corpus, bert(lowercase=True, strip_accents=False), pre_tokenizers.BertPreTokenizer())
    tokenizer.post_processor = template(tokenizer)
    return tokenizer


def sequences(corpus):
    """Composed parts, and added tokens with every flag."""
    normalizer = normalizers.Sequence([normalizers.NFD(), normalizers.Lowercase(), normalizers.StripAccents()])
    pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Whitespace()])
    tokenizer = train(corpus, normalizer, pre_tokenizer, max_input_chars_per_word=12)
    tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True, special=True)])
    tokenizer.add_tokens([
        AddedToken("foo", single_word=True, normalized=False), AddedToken("Yesterday", normalized=True), AddedToken("caf\u00e9", normalized=True),
        AddedToken("<e1>", rstrip=True, normalized=False), AddedToken("<e2>", lstrip=True, rstrip=True, normalized=True),
    ])
    tokenizer.post_processor = template(tokenizer)
    return tokenizer


TOKENIZERS = {"uncased": uncased, "cased": cased, "accented": accented, "sequences": sequences}


def load_or_train(path, make, corpus):
    if not path.exists():
        write_json(path, json.loads(make(corpus).to_str()))
    return Tokenizer.from_file(str(path))


def utf16_positions(text):
    """The UTF-16 position of every code point, and of the end."""
    positions = [0]
    for c in text:
        positions.append(positions[-1] + (2 if ord(c) > 0xFFFF else 1))
    return positions


def utf16_offsets(encoding, texts):
    positions = [utf16_positions(text) for text in texts]
    offsets = []
    for (start, end), sequence in zip(encoding.offsets, encoding.sequence_ids):
        offsets.append([0, 0] if sequence is None else [positions[sequence][start], positions[sequence][end]])
    return offsets


def spans(offsets):
    """Compact: gap to the end of the token before, and length, by turns."""
    out, last = [], 0
    for start, end in offsets:
        out += [start - last, end - start]
        last = end
    return out


def digest(data):
    """32 bits of FNV-1a, as eight hexadecimal digits."""
    value = 0x811C9DC5
    for byte in data:
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return f"{value:08x}"


def digest_numbers(numbers):
    return digest(struct.pack(f"<{len(numbers)}i", *numbers))


def expected(tokenizer, lines):
    """Ids, places and decoded text of all lines as digests; of the first ones in full too, to see what is different."""
    encodings = [tokenizer.encode(line, add_special_tokens=False) for line in lines]
    decoded = [tokenizer.decode(encoding.ids, skip_special_tokens=False) for encoding in encodings]
    return expected_of([encoding.ids for encoding in encodings],
                       [spans(utf16_offsets(encoding, [line])) for encoding, line in zip(encodings, lines)], decoded)


def expected_of(ids, places, decoded):
    return {
        "ids": ids[:SHOWN], "spans": places[:SHOWN], "decoded": decoded[:SHOWN],
        "encoding_digests": "".join(digest_numbers([*i, -1, *p]) for i, p in zip(ids, places)),
        "decoded_digests": "".join(digest(text.encode()) for text in decoded),
    }


PAIRS = [
    ("Who wrote the paper?", None), ("Who wrote the paper?", "In 2017 eight authors wrote that attention is all you need."),
    ("", None), ("", ""), ("", "second only"), ("first only", ""), ("caf\u00e9 [MASK] \U0001f600 na\u00efve", "\u4e2d\u6587 [SEP] \U0001f44d\U0001f3fd x"),
    ("a b c d e f g h", "i j k l"), ("a b c d", "e f g h i j k l"), ("a b c d e", "f g h i j"), ("a", "b c d e f g h i j k l m n o p"),
    ("a  <mask>  b foo yesterday <e1> <e2> caf\u00e9", "foofoo <e2>Yesterday"),
]
MAX_LENGTHS = [None, 3, 4, 5, 6, 7, 8, 9, 12, 16, 1000]


def encode_case(tokenizer, name, texts, max_length, special):
    if max_length is None:
        tokenizer.no_truncation()
    else:
        tokenizer.enable_truncation(max_length)
    encoding = tokenizer.encode(*texts, add_special_tokens=special)
    tokenizer.no_truncation()
    full = tokenizer.encode(*texts, add_special_tokens=special)
    return {
        "tokenizer": name, "text": texts[0], "pair": texts[1] if len(texts) > 1 else None, "max_length": max_length or 0,
        "add_special_tokens": special, "ids": encoding.ids, "type_ids": encoding.type_ids, "tokens": encoding.tokens,
        "offsets": utf16_offsets(encoding, texts), "special": encoding.special_tokens_mask, "truncated": len(full.ids) - len(encoding.ids),
    }


def encode_cases(tokenizers, max_lengths=MAX_LENGTHS, bare_lengths=(None, 1, 5)):
    cases = []
    for name, tokenizer in tokenizers.items():
        for first, second in PAIRS:
            texts = [first] if second is None else [first, second]
            for max_length in max_lengths:
                cases.append(encode_case(tokenizer, name, texts, max_length, True))
            for max_length in bare_lengths:
                cases.append(encode_case(tokenizer, name, texts, max_length, False))
    return cases


def ranges(points):
    """A sorted list of code points as gaps and lengths, by turns."""
    out, last = [], 0
    for c in points:
        if out and c == last:
            out[-1] += 1
        else:
            out += [c - last, 1]
        last = c + 1
    return out


def changed(normalize, points):
    """Code points that a normaliser changes, with what it makes of them."""
    results = ((c, normalize(chr(c))) for c in points)
    return [[c, result] for c, result in results if result != chr(c)]


def removed(pattern, points):
    """Code points that match a pattern, found in all of them at once."""
    split = pre_tokenizers.Split(Regex(pattern), behavior="removed")
    kept = {i for _, (begin, end) in split.pre_tokenize_str("".join(map(chr, points))) for i in range(begin, end)}
    return [c for i, c in enumerate(points) if i not in kept]


def numeric(points):
    pieces = pre_tokenizers.Digits(individual_digits=True).pre_tokenize_str("".join("a" + chr(c) for c in points))
    return [points[begin // 2] for _, (begin, end) in pieces if end == begin + 1 and begin % 2 == 1]


def joined_to_a(points):
    """Code points that are in one grapheme with the letter before them: a table whose one rule makes "a" nothing takes them along."""
    unit = [0] * 512
    unit[0] = 256 << 10
    unit[256 ^ 0x61] = 0x61 | 1 << 8 | 1 << 10  # "a", with a leaf one unit on
    normalizer = normalizers.Precompiled(struct.pack("<513I", 4 * len(unit), *unit) + b"\0")
    return [c for c in points if c != ord("a") and normalizer.normalize_str("a" + chr(c)) == ""]


def block_digests(normalize):
    """What every code point is normalised to, in blocks of them."""
    block = 0x1000
    blocks = [[c for c in range(first, first + block) if c not in SURROGATES] for first in range(0, 0x110000, block)]
    return [digest("".join(normalize(chr(c)) for c in points).encode()) for points in blocks]


def code_points():
    """What the reference knows about every single code point."""
    points = [c for c in range(0x110000) if c not in SURROGATES]
    clean = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    accents = normalizers.BertNormalizer(clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=False)
    apart = normalizers.BertNormalizer(clean_text=False, handle_chinese_chars=True, strip_accents=False, lowercase=False)
    bert_pieces, all_marks = pre_tokenizers.BertPreTokenizer(), normalizers.StripAccents()
    pieces = {c: [piece for piece, _ in bert_pieces.pre_tokenize_str(f"a{chr(c)}a")] for c in points}
    # A token that has to be a single word is not found where it touches a word character.
    words = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    words.add_tokens([AddedToken("Q", single_word=True, normalized=False)])
    hangul = range(0xAC00, 0xD7A4)
    return {
        "white_space": ranges(c for c in points if pieces[c] == ["a", "a"]),
        "punctuation": ranges(c for c in points if pieces[c] == ["a", chr(c), "a"]),
        "cleaned_away": ranges(c for c in points if clean.normalize_str(f"a{chr(c)}a") == "aa"),
        "stripped_accents": ranges(c for c in points if accents.normalize_str(chr(c)) == ""),
        "chinese": ranges(c for c in points if apart.normalize_str(chr(c)) != chr(c)),
        "marks": ranges(c for c in points if all_marks.normalize_str(chr(c)) == ""),
        "word": ranges(c for c in points if len(words.encode("Q" + chr(c)).ids) == 1),
        "lowercase": changed(normalizers.Lowercase().normalize_str, points),
        "letters": ranges(removed(r"\p{L}", points)),
        "numbers": ranges(removed(r"\p{N}", points)),
        "numeric": ranges(numeric(points)),
        "joined_to_a": ranges(joined_to_a(points)),
        "nfc_digests": block_digests(normalizers.NFC().normalize_str),
        "nfkc_digests": block_digests(normalizers.NFKC().normalize_str),
        "nfkd_digests": block_digests(normalizers.NFKD().normalize_str),
        "nfd": changed(normalizers.NFD().normalize_str, [c for c in points if c not in hangul or c % 97 == 0]),
    }


def main():
    corpus = (HERE / "corpus.txt").read_text(encoding="utf-8").splitlines() + WRITTEN  # for their rare characters
    lines = hard_lines()
    write_json(HERE / "hard_lines.json", lines)
    write_json(HERE / "code_points.json", code_points())
    tokenizers = {name: load_or_train(HERE / name / "tokenizer.json", make, corpus) for name, make in TOKENIZERS.items()}
    for name, tokenizer in tokenizers.items():
        result = expected(tokenizer, lines)
        write_json(HERE / name / "expected.json", result)
        print(f"{name}: {tokenizer.get_vocab_size()} tokens, {len(lines)} lines")
    write_json(HERE / "encodings.json", encode_cases(tokenizers))


if __name__ == "__main__":
    main()
