"""Writes bleu.json: our own lines tokenised by sacreBLEU 2.6.0, and its scores of small corpora.

    python3 make_bleu.py

Needs sacrebleu as in models/recipes/requirements.txt.
"""
import json
from pathlib import Path

from sacrebleu.metrics import BLEU

LINES = [
    "Well, it's 3.5 metres (about 11,5 feet) - isn't it?",
    "A sub-word model's 2026-11-29 report: 50% \"better\"; see <http://example.org/a_b?c=d&e>.",
    "&quot;Quoted&quot; &amp; escaped &lt;tags&gt;, and&nbsp;this",
    "一只猫，坐在“椅子”上——看着你……",
    "他在2026年买了3.5公斤苹果（共12,000元）。",
    "GPT-2、BERT 和 T5 都是Transformer。",
    "ＡＢＣ１２３ ｶﾀｶﾅ ☀️ ★ ㎡ ㈱ 𠀀",
    "  blanks\tand\u00a0more   blanks ",
    ".5 5. ,5 5, a.b a,b 1-2 -1 1-",
    "",
]

TRANSLATIONS = [
    "The cat sat on the mat.",
    "There is a cat on the mat",
    "He said: \"I don't know, 3.5 or 4?\"",
    "It rains",
    "一只猫坐在垫子上。",
    "他说：“我不知道。”",
]
REFERENCES = [
    "The cat is sitting on the mat.",
    "A cat is on the mat.",
    "\"I do not know: 3.5 or 4\", he said.",
    "It is raining cats and dogs today",
    "有一只猫坐在垫子上。",
    "他说，他不知道。",
]

# First and last line of a corpus.
CORPORA = [(0, 6), (0, 4), (0, 1), (2, 3), (3, 4), (4, 6), (5, 6)]


def main() -> None:
    golden = {"lines": LINES, "translations": TRANSLATIONS, "references": REFERENCES, "tokenizers": {}}
    for name in ("13a", "zh"):
        bleu = BLEU(tokenize=name)
        golden["tokenizers"][name] = {
            "tokens": [bleu.tokenizer(line) for line in LINES],
            "corpora": [
                {"first": a, "last": b, "bleu": bleu.corpus_score(TRANSLATIONS[a:b], [REFERENCES[a:b]]).score}
                for a, b in CORPORA
            ],
        }
    path = Path(__file__).with_name("bleu.json")
    path.write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
