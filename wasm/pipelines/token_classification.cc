#include "pipelines/token_classification.h"

#include <algorithm>

#include "core/utf.h"
#include "decoding/probabilities.h"

namespace glassformer {

namespace {

constexpr std::string_view kTask = "token-classification";

/// BERT's, and RoBERTa's.
constexpr std::string_view kUnknownTokens[] = {"[UNK]", "<unk>"};

/// How tokens become entities: not at all; neighbours of one label together; and before that,
/// a word's tokens together, with the scores of its first token, their mean, or the highest.
enum class Aggregation { kNone, kSimple, kFirst, kAverage, kMax };

struct EntityOptions {
  Aggregation aggregation = Aggregation::kNone;
  std::vector<std::string> ignore_labels = {"O"};
};

struct Entity {
  std::string label;
  float score;       // 0 to 1
  size_t index;      // of its (first) token, special ones counted
  std::string word;  // its tokens as text
  uint32_t start;    // half-open in the text, in UTF-16 code units
  uint32_t end;
};

struct NamedAggregation {
  std::string_view name;
  Aggregation aggregation;
};

constexpr NamedAggregation kAggregations[] = {
    {"none", Aggregation::kNone},   {"simple", Aggregation::kSimple},
    {"first", Aggregation::kFirst}, {"average", Aggregation::kAverage},
    {"max", Aggregation::kMax},
};

/// A token or a word with the probability of every label.
struct Unit {
  std::vector<float> scores;        // [n_labels]
  std::vector<std::string> tokens;  // as in the vocabulary; an unknown one as it stands in the text
  size_t index;
  int32_t word_id;
  Offset offset;

  size_t best() const { return std::ranges::max_element(scores) - scores.begin(); }
  float best_score() const { return scores[best()]; }
};

std::vector<Unit> read_units(const PipelineModel& model, std::string_view text,
                             const Encoding& encoding, Matrix logits) {
  const auto unknown = find_any(model.tokenizer, kUnknownTokens);
  std::vector<Unit> units;
  for (size_t i = 0; i < encoding.size(); ++i) {
    if (encoding.special[i]) continue;
    const std::span<float> scores = logits.row(i);
    logits_to_distribution(scores);
    const Offset offset = encoding.offsets[i];
    std::string token = encoding.ids[i] == unknown
                            ? slice_utf16(text, offset.start, offset.end)
                            : std::string(model.tokenizer.token(encoding.ids[i]));
    units.push_back(
        {{scores.begin(), scores.end()}, {std::move(token)}, i, encoding.word_ids[i], offset});
  }
  return units;
}

/// The scores of a word's tokens as one.
std::vector<float> combine(std::span<const Unit> word, Aggregation aggregation) {
  if (aggregation == Aggregation::kFirst) return word.front().scores;
  if (aggregation == Aggregation::kMax) {
    return std::ranges::max_element(word, {}, &Unit::best_score)->scores;
  }
  std::vector<float> mean(word.front().scores.size(), 0.0F);
  for (const Unit& token : word) {
    for (size_t i = 0; i < mean.size(); ++i) mean[i] += token.scores[i];
  }
  for (float& score : mean) score /= static_cast<float>(word.size());
  return mean;
}

/// Tokens to words.
std::vector<Unit> join_words(const std::vector<Unit>& tokens, Aggregation aggregation,
                             const Tokenizer& tokenizer) {
  std::vector<Unit> words;
  for (size_t begin = 0, end = 0; begin < tokens.size(); begin = end) {
    std::vector<std::string> names;
    for (end = begin; end < tokens.size() && tokens[end].word_id == tokens[begin].word_id; ++end) {
      names.push_back(tokens[end].tokens.front());
    }
    const std::span<const Unit> word(&tokens[begin], end - begin);
    words.push_back({combine(word, aggregation),
                     {tokenizer.join(std::move(names))},
                     word.front().index,
                     word.front().word_id,
                     {word.front().offset.start, word.back().offset.end}});
  }
  return words;
}

/// "B-PER" is "PER", and begins a new entity.
std::string_view tag_of(std::string_view label) {
  return label.starts_with("B-") || label.starts_with("I-") ? label.substr(2) : label;
}

/// What the reference calls the group: all behind the first dash.
std::string group_name(std::string_view label) {
  const size_t dash = label.find('-');
  return std::string(dash == std::string_view::npos ? label : label.substr(dash + 1));
}

/// Neighbours of one tag to entities.
std::vector<Entity> join_entities(const std::vector<Unit>& units,
                                  const std::vector<std::string>& labels,
                                  const Tokenizer& tokenizer) {
  std::vector<Entity> entities;
  for (size_t begin = 0, end = 0; begin < units.size(); begin = end) {
    const std::string& first = labels[units[begin].best()];
    std::vector<std::string> names;
    float sum = 0;
    for (end = begin; end < units.size(); ++end) {
      const std::string& label = labels[units[end].best()];
      if (end > begin && (tag_of(label) != tag_of(first) || label.starts_with("B-"))) break;
      sum += units[end].best_score();
      names.push_back(units[end].tokens.front());
    }
    entities.push_back({group_name(first), sum / static_cast<float>(end - begin),
                        units[begin].index, tokenizer.join(std::move(names)),
                        units[begin].offset.start, units[end - 1].offset.end});
  }
  return entities;
}

std::vector<Entity> each_token(const std::vector<Unit>& units,
                               const std::vector<std::string>& labels) {
  std::vector<Entity> entities;
  for (const Unit& unit : units) {
    entities.push_back({labels[unit.best()], unit.best_score(), unit.index, unit.tokens.front(),
                        unit.offset.start, unit.offset.end});
  }
  return entities;
}

Result<Aggregation> read_aggregation(RequestOptions& options) {
  GF_ASSIGN(const std::string name, options.text_or("aggregation_strategy", "none"));
  for (const NamedAggregation& entry : kAggregations) {
    if (entry.name == name) return entry.aggregation;
  }
  return options.invalid("aggregation_strategy", "none, simple, first, average or max");
}

std::string to_json(const Entity& entity, Aggregation aggregation) {
  const bool alone = aggregation == Aggregation::kNone;
  std::string json = concat("{", json_quote(alone ? "entity" : "entity_group"), ":",
                            json_quote(entity.label), R"(,"score":)", json_number(entity.score));
  if (alone) json += concat(R"(,"index":)", entity.index);
  return concat(json, R"(,"word":)", json_quote(entity.word), R"(,"start":)", entity.start,
                R"(,"end":)", entity.end, "}");
}

/// The entities of one text among the model's scores of its tokens.
std::vector<Entity> find_entities(const PipelineModel& model, std::vector<Unit> units,
                                  const EntityOptions& options) {
  const bool words =
      options.aggregation != Aggregation::kNone && options.aggregation != Aggregation::kSimple;
  if (words) units = join_words(units, options.aggregation, model.tokenizer);
  std::vector<Entity> entities = options.aggregation == Aggregation::kNone
                                     ? each_token(units, model.config.labels)
                                     : join_entities(units, model.config.labels, model.tokenizer);
  std::erase_if(entities, [&options](const Entity& entity) {
    return std::ranges::count(options.ignore_labels, entity.label) > 0;
  });
  return entities;
}

}  // namespace

Result<std::vector<PipelineOutput>> run_token_classification(const PipelineModel& model,
                                                             std::span<const TextInput> inputs,
                                                             RequestOptions& options,
                                                             ForwardContext& context) {
  EntityOptions wish;
  GF_ASSIGN(wish.aggregation, read_aggregation(options));
  if (options.find("ignore_labels")) {
    GF_ASSIGN(wish.ignore_labels, options.texts("ignore_labels"));
  }
  GF_TRY(options.finish());
  GF_TRY(require_single_texts(kTask, inputs));
  GF_TRY(require_head(model, kTask, {Head::kTokenClassification, "a token classification head"}));
  return answer_texts(
      model, inputs, context, [&](const TextPass& pass, PipelineOutput& output) -> Result<void> {
        auto units = read_units(model, inputs[pass.text].text, output.encoding, pass.logits);
        output.json =
            json_array(find_entities(model, std::move(units), wish),
                       [&wish](const Entity& entity) { return to_json(entity, wish.aggregation); });
        return {};
      });
}

}  // namespace glassformer
