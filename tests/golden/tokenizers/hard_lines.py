"""Lines that are hard to tokenise, written and generated for this project.

`hard_lines()` is the same list every time: the generated part comes from a seeded generator.
"""

import random

SEED = 20261
GENERATED = 2800

WRITTEN = [
    "", " ", "  ", "\t", "\n", "\r\n", " \t\n ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2028", "\u2029", "\x85",
    "\x00", "\x01\x02\x7f", "\ufffd", "\ufffe", "\u00ad", "\u0301", "\u200d", "\ufe0f", "\U000e0001", "\ue000",
    "a", "A", "aA", " a ", "a\x00b", "a\ufffdb", "a\u00adb", "a\u200bb", "a\u200cb", "a\u200db", "a\u2060b",
    "\ufeffbyte order mark", "line\u2028separator\u2029paragraph", "form\x0cfeed\x0bvertical\x85next",
    "tab\tseparated\tvalues", "line\nends\r\nof\rall kinds", "no\u00a0break\u202fspaces\u2007here\u3000wide",
    "en\u2000em\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200ahair\u205fmath\u1680ogham",
    "\u180emongolian vowel separator", "soft\u00adhyphen", "left\u200eto\u200fright\u202amarks\u202c\u2066x\u2069",
    "private \ue000\uf8ff \U000f0000 \U0010fffd use", "unassigned \u0378 \u2fe0 \U000e0080 here", "\ufdd0\uffff",
    "It is great to learn deep learning.", "He dislikes any party.", "HELLO, World!", "hello,world", "a.b.c", "...", "?!?!",
    "[CLS] x [SEP]", "[MASK]", "the [MASK] sat", "[mask] [Mask] [ MASK ]", "[MASK][MASK]", "x[MASK]y", "[MASK].", "[[MASK]]",
    "[UNK] [PAD]", "[CLS", "CLS]", "[MASK", "##ing", "## ##", "#", "##", "a##b", "unaffable", "word##piece",
    "don't won't it's", "rock 'n' roll", "O\u2019Neill\u2019s", "e-mail", "state-of-the-art", "well\u2010known\u2011too",
    "http://example.org", "https://www.example.org/a/b?c=d&e=f#g", "mailto:someone@example.org", "C:\\Windows\\x.dll",
    "/usr/local/bin", "192.168.0.1", "::1", "2024-01-30T12:34:56Z", "+1 (555) 010-9999", "1,234,567.89", "3.14e-10", "0x1F",
    "$5 \u20ac5 \u00a35 \u00a55 \u20b95 \u20bd5 \u20a95 \u20bf5 5\u00a2 \uffe15 \uffe55 \u0e3f5 \u20bc5", "50% 5\u2030 #1 & * @ ^ _ ` | ~ + = < >",
    "for (int i = 0; i < n; ++i) a[i] += b[i] * c;", "if (x && !y || z) { return a ? b : c; } // ok", "std::vector<std::string_view>",
    "snake_case camelCase PascalCase kebab-case SCREAMING_CASE", "print(f\"{x!r:>{width}}\")", "<div class=\"a\">&nbsp;</div>",
    "SELECT * FROM t WHERE a='b';", "{\"key\": [1, 2.5, null, true]}", "\\d+(\\.\\d*)?", "$\\frac{1}{2}\\sum_{i=1}^n x_i$",
    "na\u00efve caf\u00e9", "nai\u0308ve cafe\u0301", "\u00c5ngstr\u00f6m \u212bngstrom A\u030angstrom", "Stra\u00dfe STRASSE \u1e9e", "\u0130stanbul \u0131\u015f\u0131k I i",
    "\u03a3\u03bf\u03c6\u03cc\u03c2 \u03a3\u039f\u03a6\u039f\u03a3 \u03a3", "\ufb01ne \ufb02ow \ufb03 \ufb06", "\u01c4 \u01c5 \u01c6 \u01c7 \u01c8", "\u1e9b\u0323 \u1e69 s\u0323\u0307 s\u0307\u0323",
    "a\u0301\u0323\u0300", "a\u0323\u0301", "\u0301a", " \u0301 ", "e\u0301\u0301\u0301\u0301\u0301", "q\u0307\u0323", "\u0344\u0323", "\u0f73\u0f71\u0f72",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034dA\u036b\u0357\u0334\u0362\u0335\u031c\u0330\u0354L\u0368\u0367\u0369\u0358\u0320G\u0311\u0357\u030e\u0305\u035b\u0341\u0334\u033b\u0348\u034d\u0354\u0339O\u0342\u030c\u030c\u0358\u0328\u0335\u0339\u033b\u031d\u0333",
    "\u4e2d\u6587", "\u4e2d\u6587English\u4e2d\u6587", "\u6211\u7231NLP\uff01", "\u4e00\u3001\u4e8c\u3001\u4e09\u3002", "\u300c\u5f15\u7528\u300d\u300e\u53cc\u300f\u3010\u65b9\u3011\u300a\u4e66\u300b", "\u3007\u3005\u4edd\u3006",
    "\u3400\u4dbf \u4e00\u9fff \uf900\ufaff", "\U00020000\U0002a6df \U0002a700\U0002b73f \U0002b740\U0002b81f", "\U0002b820\U0002b91f \U0002b920\U0002ceaf \U0002ceb0\U0002ebe0",
    "\U0002f800\U0002fa1f \U00030000\U0003134a \U00031350\U000323af", "\u2e80\u2f00\u2ff0 \u31c0", "\uf967\ufa0e\ufa0f \u4e0d", "\u9fd0\u9fea\u9ffc",
    "\u3053\u3093\u306b\u3061\u306f\u4e16\u754c", "\u30ab\u30bf\u30ab\u30ca", "\uff76\uff9e\uff77\uff9e \u30ac\u30ae \u304b\u3099", "\u30fb\u30fc\u309b\u309c", "\u3071\u3074\u30d1\u30d4",
    "\ud55c\uad6d\uc5b4", "\u1112\u1161\u11ab\u1100\u116e\u11a8", "\u3147\u3131\u314f", "\uac00\uac01\ud7a3", "\ua960\ud7b0\ud7cb", "\uc548\ub155\ud558\uc138\uc694 world",
    "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u0e0a\u0e32\u0e27\u0e42\u0e25\u0e01", "\u0e19\u0e49\u0e33 \u0e33 \u0e4d\u0e32", "\u0ea5\u0eb2\u0ea7", "\u1798\u17d2\u1796\u17bb\u1787\u17b6", "\u1019\u103c\u1014\u103a\u1019\u102c",
    "\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064a\u0643\u0645\u060c \u0643\u064a\u0641\u061f", "\u0643\u064e\u062a\u064e\u0628\u064e", "\u0622\u0623\u0625\u0626 \u0627\u0653", "\u0640\u0640\u0640", "\u0661\u0662\u0663 \u06f1\u06f2\u06f3", "\ufefb\ufe8e\ufdfa", "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd",
    "\u0928\u092e\u0938\u094d\u0924\u0947", "\u0915\u094d\u0937 \u0958 \u0929 \u0931", "\u09ac\u09be\u0982\u09b2\u09be \u09dc \u09df", "\u0ba4\u0bae\u0bbf\u0bb4\u0bcd \u0bca", "\u0d2e\u0d32\u0d2f\u0d3e\u0d33\u0d02", "\u0ca8\u0cae\u0cb8\u0ccd\u0c95\u0cbe\u0cb0",
    "\u10d2\u10d0\u10db\u10d0\u10e0\u10ef\u10dd\u10d1\u10d0 \u10a0\u10a1 \u1c90\u1c91", "\u0540\u0561\u0575\u0565\u0580\u0565\u0576 \u0587", "\u13a0\u13e6\u13e2 \uab70", "\u1200\u1208\u1210 \u1362", "\u2c00\u2c01\u2c30", "\U00010400\U00010428 \U00010570 \U0001e900",
    "\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440! \u0401\u0436 \u0419\u043e\u0434 \u0438\u0306", "\u0460\u0461 \ua640 \u1c80", "\u1f88 \u1fbc \u1f80 \u1fb3 \u1fd3 \u0390 \u03b9\u0308\u0301", "\u1e00\u1e01 \u1ea0\u1ea1 Ti\u1ebfng Vi\u1ec7t",
    "\U0001f600", "\U0001f44d\U0001f3fd", "\U0001f469\u200d\U0001f4bb", "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466", "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7", "\u2764\ufe0f \u2764 \u2764\ufe0e", "1\ufe0f\u20e3 #\ufe0f\u20e3",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "a\U0001f600b", "\U0001f600\U0001f600\U0001f600", "great\U0001f600movie \U0001f37f!", "\u263a\ufe0f\u2639 \u2603\u20dd \U0001fae0 \U0001fa77",
    "\uff28\uff45\uff4c\uff4c\uff4f\uff0c\uff37\uff4f\uff52\uff4c\uff44\uff01", "\uff11\uff12\uff13 \uff08\uff09 \uff5e \uff03", "\U0001d400\U0001d41a \U0001d538 \U0001d7d8 \U0001d6fc", "\u2460\u2461 \u2160\u2170 \u00bd \u00b2 \u2082 \u2122 \u33a1 \u32c0",
    "\u2013\u2014\u2015\u2212\u2012\u2010\u2011\ufe58\ufe63\uff0d\u301c\u3030", "\u201cq\u201d \u2018q\u2019 \u201eq\u201a \u00abq\u00bb \u2039q\u203a \u275dq\u275e", "\u2026 \u22ef \u00b7 \u2022 \u2027 \u30fb", "\u00bfQu\u00e9? \u00a1Ay!",
    "\u2190\u2191\u2192\u2193 \u21d2 \u2208\u2209\u2282 \u2264\u2265\u2260 \u2211\u220f\u221a\u222b\u221e \u2200\u2203", "x\u0302 y\u0304 \u20d7v", "\u2260 =\u0338 \u226e <\u0338", "\u00b5 \u03bc \u2126 \u03a9 \u212a K",
    "\u166d \u1734 \u1885\u1886 \ua9bd \U000111c9 \u1cf2 \U0001171e", "\u2e43 \u2e52 \u2e5d \U00010ead \u0c77 \u09fd", "\u08d4 \u1abf \ua8ff \U00011c3f", "\u08e2 \U000110cd \U00013430 \u0890", "\u1c89 \ua7cb \ua7da \U00010d50",
    "\u0e01\u0e34\u0e49\u0e48 \u1100\u1161\u0301 \u0915\u0901\u093c", "\u3099\u309a", "\u02b0 \u02c7 \u02d9 \u1d2c \u2071 \u207f", "\u0149 \u0587 \u1e96 \u01f0", "\ufb1d \ufb2a \ufb4c \u05d9\u05b4", "\u0958 \u0f43 \u2adc \U0001d15e",
    "pneumonoultramicroscopicsilicovolcanoconiosis", "Donaudampfschifffahrtselektrizit\u00e4tenhauptbetriebswerkbauunterbeamtengesellschaft", "supercalifragilisticexpialidocious",
    "x" * 12, "x" * 13, "a" * 99, "a" * 100, "a" * 101, "a" * 500, "ab" * 50, "ab" * 51, "\u00e9" * 50, "\u00e9" * 100, "e\u0301" * 60, "e\u0301" * 100, "\u00e9" * 101,
    "\ud55c" * 33, "\ud55c" * 34, "\U0001f600" * 100, "\U0001f600" * 101, "." * 150, "-" * 40, " " * 50, "[MASK]" * 5, "\u4e2d" * 120, "a " * 100,
    "A" * 60 + "b" * 39 + "!", "w" * 120 + " short " + "w" * 80, "_" * 30, "1" * 101, "learning" * 12 + "lear", "learning" * 12 + "learn",
    "  leading", "trailing  ", "  both  ", "in  the   middle", "\u00a0nbsp\u00a0", "x\u200by \u200b z", "\u200b\u200b", "\ufeff \ufeff", "\t\ttabs\t\t",
    "mixed \u4e2d\u6587 and \ud55c\uad6d\uc5b4 and \u0e44\u0e17\u0e22 and \u0639\u0631\u0628\u064a and \u03b5\u03bb\u03bb and \U0001f600.",
    "The film was wonderful, moving and funny; the acting was superb!", "the plot made no sense, and i want my money back", "Tokenization isn't hard\u2014or is it?",
    "\u8fd9\u90e8\u7535\u5f71\u975e\u5e38\u597d\u770b\uff0c\u6211\u8fd8\u60f3\u518d\u770b\u4e00\u904d\u3002", "\u4eca\u5929\u5929\u6c14\u5f88\u597d\uff0c2024\u5e741\u670830\u65e5\u3002", "\u6a5f\u5668\u7ffb\u8b6f\u8207\u81ea\u7136\u8a9e\u8a00\u8655\u7406",
    "Yesterday yesterday YESTERDAY yesterdays", "a<mask>b", "a <mask> b", "a  <mask>  b", "<mask> <mask>", "<MASK>", "foo bar foobar foo-bar foo_bar foo.", " foo ", "caf\u00e9foo foo\u4e2d \u00e9foo", "<e1><e2>  <e1> x<e2>", "caf\u00e9 CAF\u00c9 cafe\u0301 cafe",
]

WORDS = (
    "the film was great terrible attention transformer tokens learn learning deep encoder decoder Paris Z\u00fcrich caf\u00e9 na\u00efve stra\u00dfe "
    "\u0130stanbul \u03c3\u03bf\u03c6\u03cc\u03c2 \u041f\u0440\u0438\u0432\u0435\u0442 \ud55c\uad6d\uc5b4 \u4e2d\u6587 \u5b66\u4e60 \u0e44\u0e17\u0e22 \u0643\u062a\u0627\u0628 \u05e9\u05dc\u05d5\u05dd \u0928\u092e\u0938\u094d\u0924\u0947 [MASK] [SEP] don't e-mail 3.14 #tag @user <mask> foo yesterday <e1> <e2>"
).split()

# First and last code point of ranges to draw from, with their weight.
RANGES = [
    (0x20, 0x7E, 30), (0x00, 0x1F, 2), (0x7F, 0xFF, 8), (0x100, 0x24F, 8), (0x250, 0x36F, 8), (0x370, 0x52F, 8), (0x531, 0x5F4, 3),
    (0x600, 0x6FF, 5), (0x700, 0x8FF, 3), (0x900, 0xDFF, 6), (0xE01, 0xFFF, 5), (0x1000, 0x10FF, 2), (0x1100, 0x11FF, 4), (0x1200, 0x1CFF, 4),
    (0x1D00, 0x1FFF, 5), (0x2000, 0x206F, 8), (0x2070, 0x2BFF, 6), (0x2C00, 0x2FFF, 3), (0x3000, 0x30FF, 6), (0x3100, 0x33FF, 2), (0x3400, 0x9FFF, 8),
    (0xA000, 0xABFF, 4), (0xAC00, 0xD7FF, 6), (0xE000, 0xF8FF, 1), (0xF900, 0xFAFF, 3), (0xFB00, 0xFFFF, 5), (0x10000, 0x10FFF, 3), (0x11000, 0x11FFF, 3),
    (0x12000, 0x1CFFF, 1), (0x1D000, 0x1D7FF, 4), (0x1E000, 0x1EFFF, 2), (0x1F000, 0x1FAFF, 6), (0x20000, 0x2FA1F, 4), (0x30000, 0x323AF, 1), (0xE0000, 0xE01EF, 1),
]
MARKS = [0x300, 0x301, 0x302, 0x303, 0x307, 0x308, 0x30A, 0x30C, 0x316, 0x323, 0x327, 0x328, 0x331, 0x334, 0x338, 0x344, 0x345, 0x35C, 0x361,
         0x591, 0x5B0, 0x64B, 0x651, 0x670, 0x93C, 0x94D, 0xE38, 0xE48, 0xF71, 0xF73, 0xF74, 0x302A, 0x3099, 0x20D0, 0x20E3, 0x1D165]
BASES = "aeiouAEIOUnNsSzZ\u0131\u0130\u00e9\u00fc\u1ea5\u01d5\u03b1\u03b9\u03a9\u0438\u0415\u0627\u05d0\u0915\u0e01\u304b\u30cf\ud55c\u4e2d<>="


def random_point(rng):
    first, last, _ = rng.choices(RANGES, weights=[weight for _, _, weight in RANGES])[0]
    return chr(rng.randint(first, last))


def random_line(rng):
    kind = rng.randrange(5)
    if kind == 0:  # anything at all
        return "".join(random_point(rng) for _ in range(rng.randint(1, 24)))
    if kind == 1:  # stacked marks, in any order
        return "".join(rng.choice(BASES) + "".join(chr(rng.choice(MARKS)) for _ in range(rng.randint(0, 4))) for _ in range(rng.randint(1, 8)))
    if kind == 2:  # words in odd company
        return "".join(rng.choice(WORDS) + rng.choice([" ", "  ", "", random_point(rng), "\t", "\u00a0", ", "]) for _ in range(rng.randint(1, 8)))
    if kind == 3:  # words with odd characters inside
        word = list(rng.choice(WORDS) + rng.choice(WORDS).upper())
        for _ in range(rng.randint(1, 3)):
            word.insert(rng.randint(0, len(word)), random_point(rng))
        return "".join(word)
    first, last, _ = rng.choice(RANGES)  # one script
    return "".join(chr(rng.randint(first, last)) + rng.choice(["", "", "", " "]) for _ in range(rng.randint(2, 20)))


def hard_lines():
    rng = random.Random(SEED)
    return WRITTEN + [random_line(rng) for _ in range(GENERATED)]
