"""Writes tiny checkpoints that generate, and what transformers' generate() makes of them under many options.

generation/<name>/ holds config.json, generation_config.json, model.safetensors, a tokenizer.json of single letters (for tests of
whole pipelines), and cases.json: for each case the options, the source (of an encoder-decoder) or the prompt, the token
sequences in the order that generate() returns them, and their scores: with beams its sequences_scores, else the sum of the
log-probabilities of the tokens after all processing.

The weights are random, with output embeddings large enough that next-token distributions are peaked, as those of trained models
are. Sampling draws by inversion: the token is the first, in the order of ids, up to which the probabilities sum to more than the
random number's part of their total; the numbers are those of the case, row after row, step after step.
"""

import itertools
import json
import pathlib
import random

import torch
import transformers as hf
from random_weights import randomise

GENERATION = pathlib.Path(__file__).parent / "generation"
VOCABULARY, POSITIONS = 40, 24
START, PAD, EOS, FIRST_WORD = 0, 1, 2, 5
NEW_TOKENS = 14

SEQ2SEQ = dict(
    vocab_size=VOCABULARY, d_model=16, encoder_layers=2, decoder_layers=2, encoder_attention_heads=2,
    decoder_attention_heads=4, encoder_ffn_dim=24, decoder_ffn_dim=20, max_position_embeddings=POSITIONS,
    pad_token_id=PAD, eos_token_id=EOS, bos_token_id=START, decoder_start_token_id=PAD, forced_eos_token_id=None,
)

# name: (architecture, config, factor of the embeddings)
MODELS = {
    "marian": (hf.MarianMTModel, hf.MarianConfig(**SEQ2SEQ, activation_function="swish"), 2.0),
    "bart": (hf.BartForConditionalGeneration, hf.BartConfig(**SEQ2SEQ), 2.0),
    "t5": (
        hf.T5ForConditionalGeneration,
        hf.T5Config(
            vocab_size=VOCABULARY, d_model=16, d_kv=6, d_ff=24, num_layers=2, num_decoder_layers=2, num_heads=2,
            relative_attention_num_buckets=8, relative_attention_max_distance=10, n_positions=POSITIONS,
            pad_token_id=PAD, eos_token_id=EOS, decoder_start_token_id=PAD,
        ),
        6.0,
    ),
    "gpt2": (
        hf.GPT2LMHeadModel,
        hf.GPT2Config(
            vocab_size=VOCABULARY, n_embd=16, n_layer=2, n_head=2, n_positions=POSITIONS, pad_token_id=PAD,
            bos_token_id=START, eos_token_id=EOS,
        ),
        2.0,
    ),
}


def option_sets():
    yield {}
    yield {"max_length": 8}
    yield {"min_new_tokens": 10}
    yield {"min_length": 12, "forced_eos_token_id": EOS}
    yield {"repetition_penalty": 1.7}
    yield {"no_repeat_ngram_size": 2}
    yield {"bad_words_ids": [[7], [9, 11], [EOS]], "suppress_tokens": [20, 21]}
    yield {"forced_bos_token_id": 9, "begin_suppress_tokens": [10, 12, 30], "eos_token_id": [EOS, 13]}
    for beams, penalty in itertools.product((2, 4, 5), (0.6, 1.0, 2.0)):
        yield {"num_beams": beams, "length_penalty": penalty, "num_return_sequences": beams}
    for stopping in (True, "never"):
        yield {"num_beams": 4, "early_stopping": stopping, "num_return_sequences": 4}
        yield {"num_beams": 3, "early_stopping": stopping, "length_penalty": -1.0, "num_return_sequences": 2}
    yield {"num_beams": 4, "no_repeat_ngram_size": 2, "num_return_sequences": 2}
    yield {"num_beams": 4, "repetition_penalty": 1.5, "renormalize_logits": True, "num_return_sequences": 2}
    yield {"num_beams": 4, "bad_words_ids": [[7], [9, 11]], "forced_bos_token_id": 8, "num_return_sequences": 4}
    yield {"num_beams": 4, "forced_eos_token_id": EOS, "min_new_tokens": 6, "num_return_sequences": 4}
    yield {"num_beams": 2, "eos_token_id": [EOS, 13, 17], "max_length": 12, "num_return_sequences": 2}
    yield {"do_sample": True, "top_k": 0}
    yield {"do_sample": True, "temperature": 0.7, "top_k": 5, "num_return_sequences": 3}
    yield {"do_sample": True, "temperature": 1.8, "top_p": 0.8, "top_k": 0, "num_return_sequences": 2}
    yield {"do_sample": True, "top_k": 12, "top_p": 0.6, "no_repeat_ngram_size": 3}


class FixedNumbers:
    """Stands in for torch.multinomial and draws by inversion with given numbers."""

    def __init__(self, numbers):
        self.numbers, self.used = numbers, 0

    def __call__(self, probs, num_samples):
        assert num_samples == 1
        sums = probs.double().cumsum(dim=-1)
        tokens = []
        for row in sums:
            number = self.numbers[self.used % len(self.numbers)]
            self.used += 1
            tokens.append([int(torch.searchsorted(row, number * row[-1], right=True))])
        return torch.tensor(tokens)


def make_model(architecture, config, factor, generator):
    config._attn_implementation = "eager"
    model = architecture(config).eval()
    randomise(model, generator)
    with torch.no_grad():
        embeddings = model.get_input_embeddings().weight
        embeddings.mul_(factor)
        embeddings[EOS].mul_(1.7)  # so that the end comes now and then
        # Else the likeliest word after any is that word itself: output and input embeddings are the same.
        norm = [p for name, p in model.named_parameters() if is_last_norm(name) and "encoder" not in name][-1]
        norm.mul_(torch.randint(0, 2, norm.shape, generator=generator) * 2 - 1)
        if hasattr(model, "final_logits_bias"):
            model.final_logits_bias.copy_(0.5 * torch.randn(model.final_logits_bias.shape, generator=generator))
    model.generation_config = hf.GenerationConfig(
        pad_token_id=PAD, eos_token_id=EOS, bos_token_id=START, max_length=NEW_TOKENS,
        **({"decoder_start_token_id": PAD} if config.is_encoder_decoder else {}),
    )
    return model


def is_last_norm(name):
    """The norm whose output the logits are computed from, or one like it in an earlier layer."""
    return name.endswith(("final_layer_norm.weight", "ln_f.weight"))


def generate(model, ids, options, numbers):
    """(sequences, scores), each sequence cut after its end."""
    drawn, torch.multinomial = torch.multinomial, FixedNumbers(numbers)
    try:
        output = model.generate(
            torch.tensor([ids]), attention_mask=torch.ones(1, len(ids), dtype=torch.long), **options, output_scores=True,
            return_dict_in_generate=True,
        )
    finally:
        torch.multinomial = drawn
    prompt = 1 if model.config.is_encoder_decoder else len(ids)
    if "sequences_scores" in output:
        lengths = prompt + (output.beam_indices >= 0).sum(dim=1)
        scores = output.sequences_scores
    else:
        ends = options.get("eos_token_id", [EOS])
        lengths = [prompt + length_until(sequence[prompt:].tolist(), ends) for sequence in output.sequences]
        steps = model.compute_transition_scores(output.sequences, output.scores, normalize_logits=True)
        scores = [row[: length - prompt].sum() for row, length in zip(steps, lengths)]
    sequences = [sequence[:length].tolist() for sequence, length in zip(output.sequences, lengths)]
    return sequences, [round(float(score), 6) for score in scores]


def length_until(tokens, ends):
    """How many tokens there are up to the first end, the end included."""
    return next((i + 1 for i, token in enumerate(tokens) if token in ends), len(tokens))


def write_tokenizer(path):
    """A WordPiece vocabulary of as many tokens as the models have: special ones, letters, and letters within words."""
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    letters = [chr(code) for code in range(ord("a"), ord("r"))]
    vocabulary = [*special, *letters, *(f"##{letter}" for letter in letters), "."]
    end = special[EOS]
    content = {
        "version": "1.0",
        "added_tokens": [
            {"id": i, "content": token, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
            for i, token in enumerate(special)
        ],
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": end, "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
            "special_tokens": {end: {"id": end, "ids": [EOS], "tokens": [end]}},
        },
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {
            "type": "WordPiece", "unk_token": "<unk>", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
            "vocab": {token: i for i, token in enumerate(vocabulary)},
        },
    }
    assert len(vocabulary) == VOCABULARY
    path.write_text(json.dumps(content) + "\n")


def write_model(name, architecture, config, factor):
    generator = torch.Generator().manual_seed(1706)
    model = make_model(architecture, config, factor, generator)
    folder = GENERATION / name
    model.save_pretrained(folder)
    write_tokenizer(folder / "tokenizer.json")
    words = random.Random(3762)
    inputs = [[words.randrange(FIRST_WORD, VOCABULARY) for _ in range(n)] + [EOS] * config.is_encoder_decoder for n in (3, 6)]
    cases = []
    for options, ids in itertools.product(option_sets(), inputs):
        numbers = [round(words.random(), 6) for _ in range(NEW_TOKENS * 3)] if options.get("do_sample") else []
        sequences, scores = generate(model, ids, options, numbers)
        cases.append({"options": options, "ids": ids, "sequences": sequences, "scores": scores} | ({"numbers": numbers} if numbers else {}))
    lines = ",\n".join(json.dumps(case) for case in cases)
    (folder / "cases.json").write_text(f'{{"cases": [\n{lines}\n]}}\n')
    lengths = [len(sequence) for case in cases for sequence in case["sequences"]]
    print(name, len(cases), "cases, lengths", sorted(set(lengths)))


if __name__ == "__main__":
    for name, (architecture, config, factor) in MODELS.items():
        write_model(name, architecture, config, factor)
