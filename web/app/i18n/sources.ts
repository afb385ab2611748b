// What the page leans on, as it is cited; the same in every language.

export const kSources = {
  isNot: {
    name: "Jain & Wallace 2019",
    title: "Attention is not Explanation",
    url: "https://arxiv.org/abs/1902.10186",
  },
  isNotNot: {
    name: "Wiegreffe & Pinter 2019",
    title: "Attention is not not Explanation",
    url: "https://arxiv.org/abs/1908.04626",
  },
  rollout: {
    name: "Abnar & Zuidema 2020",
    title: "Quantifying Attention Flow in Transformers",
    url: "https://arxiv.org/abs/2005.00928",
  },
  logitLens: {
    name: "nostalgebraist 2020",
    title: "interpreting GPT: the logit lens",
    url: "https://www.lesswrong.com/posts/AcKRB8wDpdaN6v6ru/interpreting-gpt-the-logit-lens",
  },
  tunedLens: {
    name: "Belrose et al. 2023",
    title: "Eliciting Latent Predictions from Transformers with the Tuned Lens",
    url: "https://arxiv.org/abs/2303.08112",
  },
} as const;
