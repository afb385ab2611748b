"""Writes tiny random checkpoints and what transformers computes with them: hidden states, attentions and logits.

The weights are drawn wide (not with the small deviation of a fresh model), so that attention is far from uniform, every bias and
layer norm matters, and a wrong kernel cannot hide.
"""

import json
import pathlib

import torch
from safetensors.torch import load_file, save_file
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    DistilBertConfig,
    DistilBertForSequenceClassification,
    DistilBertModel,
)

from random_weights import randomise

HERE = pathlib.Path(__file__).parent
VOCABULARY = 60
POSITIONS = 24

BERT = dict(
    vocab_size=VOCABULARY, max_position_embeddings=POSITIONS, hidden_size=32, num_hidden_layers=2,
    num_attention_heads=4, intermediate_size=48,
)
DISTILBERT = dict(
    vocab_size=VOCABULARY, max_position_embeddings=POSITIONS, dim=32, n_layers=2, n_heads=4, hidden_dim=48,
)

MODELS = {
    "bert-classification": BertForSequenceClassification(BertConfig(**BERT, num_labels=3)),
    "bert-bare-gelu-new": BertModel(BertConfig(**BERT, hidden_act="gelu_new"), add_pooling_layer=False),
    "distilbert-classification": DistilBertForSequenceClassification(DistilBertConfig(**DISTILBERT)),
    "distilbert-bare-relu": DistilBertModel(DistilBertConfig(**DISTILBERT, activation="relu")),
}


def make_inputs(generator, with_types):
    """Sequences of one token, a few, and as many as there are positions."""
    inputs = []
    for length in (1, 9, POSITIONS):
        ids = torch.randint(0, VOCABULARY, (length,), generator=generator).tolist()
        types = [0] * (length // 2) + [1] * (length - length // 2) if with_types else []
        inputs.append({"ids": ids, "type_ids": types})
    return inputs


def compute(model, inputs):
    """Every hidden state [n_tokens, d_model], attention [heads, q, k] and logit [1, n_labels] of every case, by name."""
    expected = {}
    for case, entry in enumerate(inputs):
        arguments = {"input_ids": torch.tensor([entry["ids"]])}
        if entry["type_ids"]:
            arguments["token_type_ids"] = torch.tensor([entry["type_ids"]])
        with torch.no_grad():
            output = model(**arguments, output_hidden_states=True, output_attentions=True)
        for i, hidden in enumerate(output.hidden_states):
            expected[f"{case}.hidden_states.{i}"] = hidden[0].contiguous()
        for i, attention in enumerate(output.attentions):
            expected[f"{case}.attentions.{i}"] = attention[0].contiguous()
        if "logits" in output:
            expected[f"{case}.logits"] = output.logits.contiguous()
    return expected


def write(name, model, inputs):
    """The checkpoint, the inputs and what the model computes."""
    folder = HERE / name
    model.save_pretrained(folder)
    (folder / "inputs.json").write_text(json.dumps({"cases": inputs}) + "\n")
    save_file(compute(model, inputs), folder / "expected.safetensors")


def quantise(weight):
    """int8 values and one scale per row, symmetric."""
    scale = weight.abs().amax(dim=1) / 127
    return torch.round(weight / scale[:, None]).clamp(-127, 127).to(torch.int8), scale


def write_int8(name, model, inputs):
    """A checkpoint with int8 matrices; expected is what the model computes with exactly those weights widened again."""
    folder = HERE / name
    model.save_pretrained(folder)
    stored = {}
    widened = {}
    for key, weight in load_file(folder / "model.safetensors").items():
        if weight.dim() == 2:
            values, scale = quantise(weight)
            stored[key], stored[key + "_scale"] = values, scale
            weight = values.float() * scale[:, None]
        else:
            stored[key] = weight
        widened[key] = weight
    model.load_state_dict(widened)
    save_file(stored, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "inputs.json").write_text(json.dumps({"cases": inputs}) + "\n")
    save_file(compute(model, inputs), folder / "expected.safetensors")


def rename_layer_norms(folder):
    """The names of checkpoints converted from TensorFlow: gamma and beta."""
    path = folder / "model.safetensors"
    weights = load_file(path)
    renamed = {
        key.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): weight
        for key, weight in weights.items()
    }
    save_file(renamed, path, metadata={"format": "pt"})


def main():
    generator = torch.Generator().manual_seed(2017)
    for name, model in MODELS.items():
        model.set_attn_implementation("eager")
        model.eval()
        randomise(model, generator)
        inputs = make_inputs(generator, with_types=name.startswith("bert"))
        write(name, model, inputs)
        if name == "bert-classification":
            write_int8("bert-classification-int8", model, inputs)
    rename_layer_norms(HERE / "bert-bare-gelu-new")


if __name__ == "__main__":
    main()
