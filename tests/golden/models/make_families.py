"""Writes one tiny random checkpoint per model family and what transformers computes with it for every head.

families/<name>/ holds model.safetensors with the weights of all heads (a head's tensors are simply added to the checkpoint of the
first), heads.json with the config.json of each architecture as text, inputs.json with token ids, and expected.safetensors:
"<case>.hidden_states.<i>", "<case>.attentions.<i>" and so on from the first head, "<case>.logits.<architecture>" from each.

The reference computes the sequences of a case as one padded batch with a mask; what is kept is cut to the real lengths, so that
the engine, which runs them one by one, is compared with padded batches.
"""

import json
import pathlib

import torch
import transformers as hf
from random_weights import randomise
from safetensors.torch import load_file, save_file

FAMILIES = pathlib.Path(__file__).parent / "families"
VOCABULARY = 40
POSITIONS = 16
PAD, EOS, FIRST_WORD = 1, 2, 5
LENGTHS = (12, 5, 1)

ENCODER = dict(
    vocab_size=VOCABULARY, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
    max_position_embeddings=POSITIONS, pad_token_id=PAD, num_labels=3,
)
OFFSET_ENCODER = ENCODER | dict(max_position_embeddings=POSITIONS + 2, type_vocab_size=1)
DECODER = dict(
    vocab_size=VOCABULARY, n_embd=16, n_layer=2, n_head=2, n_positions=POSITIONS, pad_token_id=PAD, num_labels=3,
    bos_token_id=0, eos_token_id=EOS,
)
SEQ2SEQ = dict(
    vocab_size=VOCABULARY, d_model=16, encoder_layers=2, decoder_layers=2, encoder_attention_heads=2,
    decoder_attention_heads=4, encoder_ffn_dim=24, decoder_ffn_dim=20, max_position_embeddings=POSITIONS,
    pad_token_id=PAD, eos_token_id=EOS, decoder_start_token_id=PAD, forced_eos_token_id=EOS, num_labels=3,
)
T5 = dict(
    vocab_size=VOCABULARY, d_model=16, d_kv=6, d_ff=24, num_layers=2, num_decoder_layers=3, num_heads=2,
    relative_attention_num_buckets=8, relative_attention_max_distance=10, n_positions=POSITIONS, pad_token_id=PAD,
    eos_token_id=EOS, decoder_start_token_id=PAD,
)

HEADS = ["ForSequenceClassification", "ForTokenClassification", "ForQuestionAnswering", "ForMaskedLM", "Model"]


def heads(prefix, suffixes=HEADS):
    return [prefix + suffix for suffix in suffixes]


# name: (config, architectures)
MODELS = {
    "bert": (hf.BertConfig(**ENCODER), heads("Bert")),
    "distilbert": (
        hf.DistilBertConfig(
            vocab_size=VOCABULARY, dim=16, n_layers=2, n_heads=2, hidden_dim=24, max_position_embeddings=POSITIONS,
            pad_token_id=PAD, num_labels=3,
        ),
        heads("DistilBert"),
    ),
    "roberta": (hf.RobertaConfig(**OFFSET_ENCODER), heads("Roberta")),
    "camembert": (hf.CamembertConfig(**OFFSET_ENCODER), heads("Camembert")),
    "xlm-roberta": (hf.XLMRobertaConfig(**OFFSET_ENCODER), heads("XLMRoberta")),
    "electra": (hf.ElectraConfig(**ENCODER, embedding_size=8), heads("Electra")),
    "albert": (
        hf.AlbertConfig(**ENCODER | dict(num_hidden_layers=4), embedding_size=8, num_hidden_groups=2),
        heads("Albert"),
    ),
    "mpnet": (
        hf.MPNetConfig(**ENCODER | dict(max_position_embeddings=POSITIONS + 2)),
        heads("MPNet"),
    ),
    "dpr-question": (hf.DPRConfig(**ENCODER), ["DPRQuestionEncoder"]),
    "dpr-context": (hf.DPRConfig(**ENCODER), ["DPRContextEncoder"]),
    "gpt2": (
        hf.GPT2Config(**DECODER),
        heads("GPT2", ["LMHeadModel", "ForSequenceClassification", "ForTokenClassification", "ForQuestionAnswering", "Model"]),
    ),
    "gpt2-scaled": (
        hf.GPT2Config(**DECODER, scale_attn_by_inverse_layer_idx=True, n_inner=20, activation_function="relu"),
        ["GPT2LMHeadModel"],
    ),
    "openai-gpt": (
        hf.OpenAIGPTConfig(**DECODER),
        heads("OpenAIGPT", ["LMHeadModel", "ForSequenceClassification", "Model"]),
    ),
    "ctrl": (hf.CTRLConfig(**DECODER, dff=24), heads("CTRL", ["LMHeadModel", "ForSequenceClassification", "Model"])),
    "bart": (
        hf.BartConfig(**SEQ2SEQ),
        heads("Bart", ["ForConditionalGeneration", "ForSequenceClassification", "ForQuestionAnswering", "Model"]),
    ),
    "mbart": (
        hf.MBartConfig(**SEQ2SEQ, scale_embedding=True),
        heads("MBart", ["ForConditionalGeneration", "ForSequenceClassification", "ForQuestionAnswering", "Model"]),
    ),
    "pegasus": (hf.PegasusConfig(**SEQ2SEQ, scale_embedding=True), heads("Pegasus", ["ForConditionalGeneration", "Model"])),
    "marian": (
        hf.MarianConfig(**SEQ2SEQ, scale_embedding=True, activation_function="swish"),
        ["MarianMTModel", "MarianModel"],
    ),
    "t5": (hf.T5Config(**T5), heads("T5", ["ForConditionalGeneration", "Model"])),
    "t5-gated": (
        hf.T5Config(**T5, feed_forward_proj="gated-gelu", tie_word_embeddings=False),
        heads("T5", ["ForConditionalGeneration"]),
    ),
}


def random_sequence(length, generator):
    words = torch.randint(FIRST_WORD, VOCABULARY, (length - 1,), generator=generator).tolist()
    return words + [EOS]


def padded(sequences):
    width = max(map(len, sequences))
    ids = torch.tensor([s + [PAD] * (width - len(s)) for s in sequences])
    mask = torch.tensor([[1] * len(s) + [0] * (width - len(s)) for s in sequences])
    return ids, mask


def batch_of(cases, config):
    """The arguments of a forward pass over all cases as one padded batch."""
    ids, mask = padded([case["ids"] for case in cases])
    arguments = {"input_ids": ids, "attention_mask": mask}
    if cases[0]["type_ids"]:
        types, _ = padded([case["type_ids"] for case in cases])
        arguments["token_type_ids"] = types.clamp(max=1)
    if config.is_encoder_decoder:
        decoder_ids, decoder_mask = padded([case["decoder_ids"] for case in cases])
        arguments |= {"decoder_input_ids": decoder_ids, "decoder_attention_mask": decoder_mask}
    return arguments


def cut(tensor, lengths):
    """Cuts the trailing axes of a padded tensor to the real lengths."""
    slices = [slice(None)] * (tensor.dim() - len(lengths)) + [slice(length) for length in lengths]
    return tensor[tuple(slices)].contiguous().clone()


def traces(output, case, index):
    """Hidden states [n, d_model] and attentions [heads, q, k] of one sequence of the batch, by the engine's names."""
    n, m = len(case["ids"]), len(case["decoder_ids"])
    named = {}
    if "encoder_hidden_states" in output:
        streams = [("hidden_states", output.encoder_hidden_states, (n, None)),
                   ("decoder_hidden_states", output.decoder_hidden_states, (m, None)),
                   ("attentions", output.encoder_attentions, (n, n)),
                   ("decoder_attentions", output.decoder_attentions, (m, m)),
                   ("cross_attentions", output.cross_attentions, (m, n))]
    else:
        streams = [("hidden_states", output.hidden_states, (n, None)), ("attentions", output.attentions, (n, n))]
    for name, layers, lengths in streams:
        for i, layer in enumerate(layers):
            named[f"{name}.{i}"] = cut(layer[index], lengths)
    return named


def logits(output, case, index):
    """[1, n_labels] or [n, n_outputs]; none for a bare model."""
    n = len(case["decoder_ids"] or case["ids"])
    if "start_logits" in output:
        pair = torch.stack([output.start_logits[index], output.end_logits[index]], dim=-1)
        return cut(pair, (n, None))
    if "logits" not in output:
        return None
    if output.logits.dim() == 2:
        return output.logits[index : index + 1].clone()
    return cut(output.logits[index], (n, None))


def write_family(name, config, architectures, generator):
    folder = FAMILIES / name
    seq2seq = config.is_encoder_decoder
    types = getattr(config, "type_vocab_size", 0) == 2 and not name.startswith("mpnet")
    cases = [
        {
            "ids": random_sequence(n, generator),
            "type_ids": [0] * (n // 2) + [1] * (n - n // 2) if types else [],
            "decoder_ids": random_sequence(n, generator) if seq2seq else [],
        }
        for n in LENGTHS
    ]
    weights, expected, configs, body = {}, {}, {}, None
    for architecture in architectures:
        config.architectures = None
        # A question's span has two ends, however many labels the other heads have.
        config.num_labels = 2 if architecture.endswith("QuestionAnswering") else 3
        config._attn_implementation = "eager"
        model = getattr(hf, architecture)(config).eval()
        model.set_attn_implementation("eager")
        randomise(model, generator)
        if body is None:
            body = model
            model.save_pretrained(folder)
            weights = load_file(folder / "model.safetensors")
        else:
            copy_body(body, model)
            model.load_state_dict(shared_weights(weights, model), strict=False)
            weights |= head_weights(model, weights, folder)
        if hasattr(model, "final_logits_bias"):
            model.final_logits_bias.copy_(weights.setdefault(
                "final_logits_bias", torch.randn(model.final_logits_bias.shape, generator=generator)))
        configs[architecture] = model.config.to_json_string(use_diff=False)
        with torch.no_grad():
            output = model(**batch_of(cases, config), output_hidden_states=True, output_attentions=True, return_dict=True)
        for index, case in enumerate(cases):
            if model is body:
                expected |= {f"{index}.{key}": value for key, value in traces(output, case, index).items()}
            values = logits(output, case, index)
            if values is not None:
                expected[f"{index}.logits.{architecture}"] = values
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    save_file(expected, folder / "expected.safetensors")
    (folder / "inputs.json").write_text(json.dumps({"cases": cases}) + "\n")
    (folder / "heads.json").write_text(json.dumps(configs) + "\n")
    (folder / "generation_config.json").unlink(missing_ok=True)
    (folder / "config.json").unlink()


def base_of(model):
    """The model below the head; the model itself if it is bare."""
    return getattr(model, model.base_model_prefix, model)


def copy_body(source, target):
    """Gives the second model the first one's body, as far as both have it (a bare BERT has a pooler, one with MLM head none)."""
    base_of(target).load_state_dict(base_of(source).state_dict(), strict=False)


def shared_weights(weights, model):
    """What the checkpoint already has for this head: two heads may call their classifier the same."""
    state = model.state_dict()
    return {name: weight for name, weight in weights.items() if name in state and state[name].shape == weight.shape}


def head_weights(model, weights, folder):
    """The tensors that this head adds to the checkpoint, by the names that save_pretrained gives them."""
    if model is base_of(model):
        return {}
    extra = folder / "extra"
    model.save_pretrained(extra)
    saved = load_file(extra / "model.safetensors")
    for file in extra.iterdir():
        file.unlink()
    extra.rmdir()
    return {name: weight for name, weight in saved.items() if name not in weights}


def main():
    for name, (config, architectures) in MODELS.items():
        print(name, flush=True)
        write_family(name, config, architectures, torch.Generator().manual_seed(2017))


if __name__ == "__main__":
    main()
