"""Trains small vocabularies of every other kind (byte-level BPE, SentencePiece Unigram and BPE, Marian) and records what the
reference makes of hard lines.

    python3 tests/golden/tokenizers/make_subword.py

writes <name>/{tokenizer.json, expected.json} beside this file, like make_wordpiece.py; a tokenizer.json that is there is kept.
"""

import io
import json

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from hard_lines import WRITTEN, hard_lines
from make_wordpiece import HERE, encode_cases, expected, load_or_train, write_json

VOCABULARY = 1000
BLANK = "\u2581"
LLAMA_WORDS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]


def train_bpe(corpus, tokenizer, **options):
    options = {"vocab_size": VOCABULARY, "show_progress": False} | options
    tokenizer.train_from_iterator(corpus, trainers.BpeTrainer(**options))
    return tokenizer


def train_unigram(corpus, tokenizer, **options):
    options = {"vocab_size": VOCABULARY, "show_progress": False, "unk_token": "<unk>"} | options
    tokenizer.train_from_iterator(corpus, trainers.UnigramTrainer(**options))
    return tokenizer


def with_options(tokenizer, **options):
    """The model's options that a trainer does not keep."""
    state = json.loads(tokenizer.to_str())
    state["model"] |= options
    return Tokenizer.from_str(json.dumps(state))


def byte_level(corpus):
    """GPT-2."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    tokenizer.decoder = decoders.ByteLevel()
    return train_bpe(corpus, tokenizer, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), special_tokens=["<|endoftext|>"])


def roberta(corpus):
    """RoBERTa and BART, with a blank before the first word and offsets without blanks."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    tokenizer.decoder = decoders.ByteLevel()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    train_bpe(corpus, tokenizer, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), special_tokens=special)
    tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True)])
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=True, add_prefix_space=True)
    return tokenizer


def llama3(corpus):
    """Words by a pattern of its own, whole words before merges, composed characters."""
    tokenizer = Tokenizer(models.BPE(ignore_merges=True))
    tokenizer.normalizer = normalizers.NFC()
    split = pre_tokenizers.Split(Regex(LLAMA_WORDS), behavior="isolated")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([split, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    train_bpe(corpus, tokenizer, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), special_tokens=["<bos>"])
    template = processors.TemplateProcessing(single="<bos> $A", pair="<bos> $A <bos>:1 $B:1", special_tokens=[("<bos>", 0)])
    tokenizer.post_processor = processors.Sequence([processors.ByteLevel(trim_offsets=True), template])
    return with_options(tokenizer, ignore_merges=True)


def openai_gpt(corpus):
    """The first GPT: BERT's words, with the end of a word marked."""
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", end_of_word_suffix="</w>"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.BPEDecoder(suffix="</w>")
    train_bpe(corpus, tokenizer, special_tokens=["<unk>"], end_of_word_suffix="</w>", limit_alphabet=120)
    return with_options(tokenizer, unk_token="<unk>", end_of_word_suffix="</w>")


def llama2(corpus):
    """SentencePiece's BPE as the reference has it: one piece, visible blanks, bytes for what is unknown."""
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend(BLANK), normalizers.Replace(" ", BLANK)])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="never")
    train_bpe(corpus, tokenizer, special_tokens=["<unk>", "<s>", "</s>"] + BYTES, limit_alphabet=200)
    tokenizer = with_options(tokenizer, unk_token="<unk>", fuse_unk=True, byte_fallback=True)
    tokenizer.pre_tokenizer = None
    blank = decoders.Replace(BLANK, " ")
    tokenizer.decoder = decoders.Sequence([blank, decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    return tokenizer


def subword_nmt(corpus):
    """BPE with marked continuations, cut at digits, punctuation and a delimiter that stays with what is before it."""
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", continuing_subword_prefix="##", fuse_unk=True))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC()])
    pieces = [
        pre_tokenizers.Split(" ", behavior="merged_with_previous"), pre_tokenizers.Digits(individual_digits=False),
        pre_tokenizers.Punctuation(behavior="contiguous"), pre_tokenizers.Split(Regex(r"[a-c]+"), behavior="merged_with_next"),
    ]
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(pieces)
    train_bpe(corpus, tokenizer, special_tokens=["<unk>"], continuing_subword_prefix="##", limit_alphabet=300)
    return with_options(tokenizer, unk_token="<unk>", continuing_subword_prefix="##", fuse_unk=True)


def train_sentencepiece(lines, model_type, vocab_size, **options):
    """The bytes of an .spm file."""
    out = io.BytesIO()
    options = {"hard_vocab_limit": False, "minloglevel": 2} | options
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_writer=out, model_type=model_type, vocab_size=vocab_size, **options
    )
    return out.getvalue()


def charsmap(rule):
    """SentencePiece's own table of normalisation rules."""
    file = train_sentencepiece(["a small text", "for a small model"], "unigram", 40, normalization_rule_name=rule)
    return sentencepiece_model_pb2.ModelProto.FromString(file).normalizer_spec.precompiled_charsmap


def t5(corpus):
    """T5: SentencePiece's rules, words, visible blanks."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Precompiled(charsmap("nmt_nfkc"))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    tokenizer.decoder = decoders.Metaspace()
    train_unigram(corpus, tokenizer, special_tokens=["<pad>", "</s>", "<unk>"])
    tokenizer.add_special_tokens([AddedToken(f"<extra_id_{i}>") for i in range(3)])
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", 1)])
    return tokenizer


def albert(corpus):
    """ALBERT: quotes, accents, case, then blanks; no table."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([
        normalizers.Replace("``", '"'), normalizers.Replace("''", '"'), normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase(),
        normalizers.Replace(Regex(" {2,}"), " "),
    ])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    train_unigram(corpus, tokenizer, special_tokens=["<pad>", "<unk>", "[CLS]", "[SEP]"])
    tokenizer.add_special_tokens([AddedToken("[MASK]", lstrip=True)])
    template = {"single": "[CLS] $A [SEP]", "pair": "[CLS] $A [SEP] $B:1 [SEP]:1"}
    tokenizer.post_processor = processors.TemplateProcessing(**template, special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    return tokenizer


def camembert(corpus):
    """CamemBERT, with bytes for what is unknown and a blank before the very first word only."""
    tokenizer = Tokenizer(models.Unigram())
    blanks = normalizers.Replace(Regex(r"\s{2,}|[\n\r\t]"), " ")
    tokenizer.normalizer = normalizers.Sequence([blanks, normalizers.Strip(left=False, right=True)])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first", split=True)
    tokenizer.decoder = decoders.Sequence([decoders.ByteFallback(), decoders.Metaspace(prepend_scheme="first")])
    train_unigram(corpus, tokenizer, special_tokens=["<s>", "<unk>", "</s>"] + BYTES, vocab_size=1200)
    tokenizer.add_special_tokens([AddedToken("<mask>", lstrip=True)])
    return with_options(tokenizer, byte_fallback=True)


TOKENIZERS = {
    "byte_level": byte_level, "roberta": roberta, "llama3": llama3, "openai_gpt": openai_gpt, "llama2": llama2, "subword_nmt": subword_nmt,
    "t5": t5, "albert": albert, "camembert": camembert,
}


def main():
    corpus = (HERE / "corpus.txt").read_text(encoding="utf-8").splitlines() + WRITTEN
    lines = hard_lines()
    tokenizers = {name: load_or_train(HERE / name / "tokenizer.json", make, corpus) for name, make in TOKENIZERS.items()}
    for name, tokenizer in tokenizers.items():
        write_json(HERE / name / "expected.json", expected(tokenizer, lines))
        print(f"{name}: {tokenizer.get_vocab_size()} tokens, {len(lines)} lines")
    paired = {name: tokenizers[name] for name in ("roberta", "llama3", "t5", "albert")}
    write_json(HERE / "subword_encodings.json", encode_cases(paired, max_lengths=(None, 5, 8), bare_lengths=(None, 5)))


if __name__ == "__main__":
    main()
