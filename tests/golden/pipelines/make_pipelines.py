"""Tiny random models and what transformers' own pipelines answer with them.

    python3 tests/golden/pipelines/make_pipelines.py

Fill-mask, feature extraction and token classification; and classification with heads silenced, tokens hidden and rows of
attention replaced, computed by a BERT whose attention is written out here (transformers 5 has no head_mask any more).
"""

import math

import torch
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertForSequenceClassification,
    BertForTokenClassification,
    BertModel,
    RobertaConfig,
    RobertaForMaskedLM,
    pipeline,
)

from tiny import BERT_SPECIAL, HERE, ROBERTA_SPECIAL, SIZES, load_tokenizer, make_model, save, utf16

POSITIONS = 64
BERT = dict(vocab_size=2000, max_position_embeddings=POSITIONS, **SIZES)
LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "MISC"]

TEXTS = [
    "Ada Lovelace lived in London and wrote about the Analytical Engine.",
    "The café 😀😀 in Zürich, unbelievably, served 3,000 internationalists; 北京 was far away.",
    "word",
    "Tokenization, detokenization: unaffordable!",
]


def bert_tokenizer():
    return load_tokenizer("cased", BERT_SPECIAL, POSITIONS)


def fill_mask(folder, tokenizer_name, tokenizer, model):
    fill = pipeline("fill-mask", model=model, tokenizer=tokenizer)
    mask = tokenizer.mask_token
    cases = [
        (f"The film was {mask}, moving and funny.", {}),
        (f"The film was {mask}, moving and funny.", {"top_k": 2}),
        (f"{mask} film 😀 was {mask}.", {"top_k": 3}),
        (f"The film was {mask}.", {"targets": ["the", "film", "was"]}),
        (f"The film was {mask}.", {"targets": "the", "top_k": 4}),
        (f"我喜欢{mask}电影。", {"top_k": 3}),
    ]
    save(HERE / folder, model, tokenizer_name, [{"text": t, "options": o, "output": fill(t, **o)} for t, o in cases])


def extract_features():
    tokenizer, model = bert_tokenizer(), make_model(BertModel(BertConfig(**BERT), add_pooling_layer=False), seed=23)
    extract = pipeline("feature-extraction", model=model, tokenizer=tokenizer)
    cases = [{"text": text, "features": extract(text)[0]} for text in ["", "word", "The café 😀 was open."]]
    save(HERE / "feature-extraction", model, "cased", cases)


def classify_tokens():
    config = BertConfig(**BERT, id2label=dict(enumerate(LABELS)), label2id={label: i for i, label in enumerate(LABELS)})
    tokenizer, model = bert_tokenizer(), make_model(BertForTokenClassification(config), seed=29)
    classify = pipeline("token-classification", model=model, tokenizer=tokenizer)
    cases = []
    for text in TEXTS:
        for strategy in ["none", "simple", "first", "average", "max"]:
            for ignored in [["O"], []]:
                entities = classify(text, aggregation_strategy=strategy, ignore_labels=ignored)
                entities = [{**entity, "score": float(entity["score"])} for entity in entities]
                for entity in entities:
                    entity["start"], entity["end"] = utf16(text, entity["start"]), utf16(text, entity["end"])
                options = {"aggregation_strategy": strategy, "ignore_labels": ignored}
                cases.append({"text": text, "options": options, "output": entities})
    save(HERE / "token-classification", model, "cased", cases)


def attend(attention, layer, hidden, options):
    """Self-attention of one layer, every step of it: [1, n_tokens, d_model] -> heads' outputs side by side, and the parts."""
    n_heads, d_head = attention.num_attention_heads, attention.attention_head_size
    q, k, v = (
        projection(hidden)[0].view(-1, n_heads, d_head).transpose(0, 1)
        for projection in (attention.query, attention.key, attention.value)
    )
    scores = q @ k.transpose(1, 2) / math.sqrt(d_head)
    scores[:, :, options.get("mask_tokens", [])] = -torch.inf
    probs = scores.softmax(-1)
    for masked_layer, head in options.get("mask_heads", []):
        if masked_layer == layer:
            probs[head] = 0
    for row in options.get("replace_attention", []):
        if row["layer"] == layer:
            probs[row["head"], row["query"]] = torch.tensor(row["weights"])
    out = (probs @ v).transpose(0, 1).reshape(1, -1, n_heads * d_head)
    return out, {"q": q, "k": k, "v": v, "scores": scores, "probs": probs, "hidden": hidden[0]}


def run_changed(model, ids, options):
    """Logits of the classifier with attention as above, and every layer's parts."""
    layers = []
    with torch.no_grad():
        hidden = model.bert.embeddings(input_ids=torch.tensor([ids]))
        for index, layer in enumerate(model.bert.encoder.layer):
            out, parts = attend(layer.attention.self, index, hidden, options)
            layers.append(parts)
            attended = layer.attention.output(out, hidden)
            hidden = layer.output(layer.intermediate(attended), attended)
        return model.classifier(model.bert.pooler(hidden))[0], layers


def intervene():
    tokenizer, model = bert_tokenizer(), make_model(BertForSequenceClassification(BertConfig(**BERT, num_labels=3)), seed=31)
    text = "The film was wonderful 😀."
    ids = tokenizer(text)["input_ids"]
    reference = model(input_ids=torch.tensor([ids])).logits[0]
    assert torch.allclose(run_changed(model, ids, {})[0], reference, atol=1e-5)
    row = [0.0] * len(ids)
    row[3] = 1.0
    half = [1 / len(ids)] * len(ids)
    cases = []
    for options in [
        {},
        {"mask_heads": [[0, 1]]},
        {"mask_heads": [[0, 0], [1, 0], [1, 1]]},
        {"mask_tokens": [4]},
        {"mask_tokens": [1, 2, 3], "mask_heads": [[1, 1]]},
        {"replace_attention": [{"layer": 1, "head": 0, "query": 0, "weights": row}]},
        {"replace_attention": [{"layer": 0, "head": 1, "query": 2, "weights": half}, {"layer": 1, "head": 1, "query": 0, "weights": row}]},
    ]:
        logits, layers = run_changed(model, ids, options)
        scores = {f"LABEL_{i}": float(score) for i, score in enumerate(logits.softmax(-1))}
        parts = {name: (tensor if name == "hidden" else tensor[1]).flatten().tolist() for name, tensor in layers[1].items()}
        parts["scores"] = [score if math.isfinite(score) else None for score in parts["scores"]]
        cases.append({"text": text, "options": options, "scores": scores, "layer": 1, "head": 1, "parts": parts})
    save(HERE / "interventions", model, "cased", cases)


def main():
    fill_mask("fill-mask-bert", "cased", bert_tokenizer(), make_model(BertForMaskedLM(BertConfig(**BERT)), seed=19))
    roberta = RobertaConfig(vocab_size=1001, max_position_embeddings=POSITIONS + 2, type_vocab_size=1, pad_token_id=1, **SIZES)
    tokenizer = load_tokenizer("roberta", ROBERTA_SPECIAL, POSITIONS)
    fill_mask("fill-mask-roberta", "roberta", tokenizer, make_model(RobertaForMaskedLM(roberta), seed=19))
    extract_features()
    classify_tokens()
    intervene()


if __name__ == "__main__":
    main()
