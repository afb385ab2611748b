// Texts to translate and beginnings to go on with. What a model was made for decides what is worth
// trying.

/** By model. */
export const kTranslationExamples: Record<string, readonly string[]> = {
  "zh-en": [
    "我昨天在公园里看见了一只猫。",
    "你能告诉我火车站在哪里吗？",
    "她每天早上都喝一杯咖啡。",
    "这本书很有意思，我想再看一遍。",
    "他不知道该说什么。",
  ],
  "en-zh": [
    "I saw a cat in the park yesterday.",
    "Can you tell me where the train station is?",
    "She drinks a cup of coffee every morning.",
    "This book is very interesting.",
    "I don't know what to say.",
  ],
  "numbers-en-zh": [
    "two thousand and twenty-six",
    "Friday, March 5, 2021",
    "three cats",
    "a quarter past seven in the evening",
    "forty-two percent",
  ],
  "numbers-zh-en": ["二〇二一年三月五日", "两千零二十六", "三只猫", "晚上七点一刻", "百分之四十二"],
};

export const kPrompts = [
  "Once upon a time, there was a little girl named Lily.",
  "The dog wanted to play, but the cat",
  "One day, Tom found a red ball in the park. He",
  "It was raining, so Mom said",
] as const;
