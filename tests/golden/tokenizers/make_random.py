"""What the reference makes of hard lines with random combinations of all parts of a tokenizer.json (random_tokenizers.py).

    python3 tests/golden/tokenizers/make_random.py

writes combinations.json: for each the name of the model, what is replaced in its text, the other sections, and a digest for each of its
lines, which are every STEP-th of hard_lines.json from its number on. Combinations at which the reference itself fails are left out.
"""

import json
import random

from tokenizers import Tokenizer

from hard_lines import hard_lines
from make_wordpiece import HERE, digest, utf16_offsets, write_json
from random_tokenizers import random_tokenizer, whole_text

COUNT = 80
STEP = 89
FOUND = []  # numbers of later combinations that the engine once got wrong


def describe(tokenizer, line):
    encoding = tokenizer.encode(line)
    decoded = [tokenizer.decode(encoding.ids, skip_special_tokens=skips) for skips in (False, True)]
    return json.dumps([encoding.ids, encoding.tokens, utf16_offsets(encoding, [line]), *decoded], ensure_ascii=False, separators=(",", ":"))


def expected(number, lines):
    name, replacements, sections = random_tokenizer(random.Random(number))
    try:
        tokenizer = Tokenizer.from_str(whole_text(name, replacements, sections))
        texts = [describe(tokenizer, line) for line in lines[number % STEP :: STEP]]
    except BaseException as error:  # a panic of the reference
        print(number, str(error)[:80])
        return None
    digests = "".join(digest(text.encode()) for text in texts)
    return {"number": number, "model": name, "replacements": replacements, "sections": json.dumps(sections, separators=(",", ":")), "digests": digests}


def main():
    lines = hard_lines()
    results = [expected(number, lines) for number in [*range(COUNT), *FOUND]]
    write_json(HERE / "combinations.json", [result for result in results if result])


if __name__ == "__main__":
    main()
