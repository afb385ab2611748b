#include "text/post_processor.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "text/fields.h"
#include "text/registry.h"

namespace glassformer {

namespace {

using Kind = TemplatePiece::Kind;

/// Above every published template; bounds what a hostile file makes of a text.
constexpr size_t kMaxPieces = 64;

Result<int32_t> read_number(const JsonValue& value, std::string_view what) {
  GF_ASSIGN(const int64_t number, value.integer(what));
  if (number < 0 || number > INT32_MAX) {
    return fail(ErrorCode::kInvalidFormat, value.document(), ": '", what, "': expected 0 to ",
                INT32_MAX, ", got ", number);
  }
  return static_cast<int32_t>(number);
}

Result<int32_t> read_type_id(const JsonValue& piece) {
  GF_ASSIGN(const JsonValue field, piece.at("type_id"));
  return read_number(field, "type_id");
}

/// The ids and tokens that a template's name for them ("[CLS]") stands for.
Result<std::vector<SpecialToken>> read_special_tokens(const JsonValue& special_tokens,
                                                      const std::string& name) {
  GF_ASSIGN(const JsonValue entry, special_tokens.at(name));
  GF_ASSIGN(const JsonValue ids, entry.at("ids"));
  GF_ASSIGN(const JsonValue texts, entry.at("tokens"));
  if (!ids.is_array() || !texts.is_array() || ids.size() != texts.size()) {
    return entry.mismatch(name, "as many ids as tokens");
  }
  std::vector<SpecialToken> tokens;
  for (size_t i = 0; i < ids.size(); ++i) {
    SpecialToken& token = tokens.emplace_back();
    GF_ASSIGN(token.id, read_number(ids[i], name));
    GF_ASSIGN(token.token, texts[i].string(name));
  }
  return tokens;
}

Result<TemplatePiece> read_text_piece(const JsonValue& piece) {
  GF_ASSIGN(const std::string id, read_string(piece, "id"));
  constexpr std::string_view kFirst = "A", kSecond = "B";
  if (id != kFirst && id != kSecond) {
    return fail(ErrorCode::kInvalidFormat, piece.document(),
                ": Sequence: expected id 'A' or 'B', got '", id, "'");
  }
  GF_ASSIGN(const int32_t type_id, read_type_id(piece));
  return TemplatePiece{id == kFirst ? Kind::kFirstText : Kind::kSecondText, type_id, {}};
}

Result<TemplatePiece> read_piece(const JsonValue& piece, const JsonValue& special_tokens) {
  if (const auto text = piece.find("Sequence")) return read_text_piece(*text);
  GF_ASSIGN(const JsonValue special, piece.at("SpecialToken"));
  GF_ASSIGN(const std::string name, read_string(special, "id"));
  GF_ASSIGN(const int32_t type_id, read_type_id(special));
  GF_ASSIGN(auto tokens, read_special_tokens(special_tokens, name));
  return TemplatePiece{Kind::kSpecialTokens, type_id, std::move(tokens)};
}

Result<Template> read_template(const JsonValue& value, std::string_view key) {
  GF_ASSIGN(const JsonValue list, value.at(key));
  if (!list.is_array() || list.size() > kMaxPieces) {
    return list.mismatch(key, concat("an array of at most ", kMaxPieces, " pieces"));
  }
  GF_ASSIGN(const JsonValue special_tokens, value.at("special_tokens"));
  Template pieces;
  for (size_t i = 0; i < list.size(); ++i) {
    GF_ASSIGN(TemplatePiece piece, read_piece(list[i], special_tokens));
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

size_t count_pieces(const Template& pieces, Kind kind) {
  return static_cast<size_t>(std::count_if(
      pieces.begin(), pieces.end(), [kind](const TemplatePiece& p) { return p.kind == kind; }));
}

Result<PostProcessor> read_template_processing(const JsonValue& value) {
  PostProcessor processor;
  GF_ASSIGN(processor.single, read_template(value, "single"));
  GF_ASSIGN(processor.pair, read_template(value, "pair"));
  if (count_pieces(processor.single, Kind::kSecondText) > 0) {
    return fail(ErrorCode::kInvalidFormat, value.document(), ": 'single' uses a second text");
  }
  const size_t uses[] = {count_pieces(processor.single, Kind::kFirstText),
                         count_pieces(processor.pair, Kind::kFirstText),
                         count_pieces(processor.pair, Kind::kSecondText)};
  if (*std::max_element(std::begin(uses), std::end(uses)) > 1) {
    return fail(ErrorCode::kUnsupported, value.document(), ": a template uses a text twice");
  }
  return processor;
}

/// ["[SEP]", 102]
Result<SpecialToken> read_bert_token(const JsonValue& value, std::string_view key) {
  GF_ASSIGN(const JsonValue entry, value.at(key));
  if (!entry.is_array() || entry.size() != 2) return entry.mismatch(key, "a token and its id");
  SpecialToken token;
  GF_ASSIGN(token.token, entry[0].string(key));
  GF_ASSIGN(token.id, read_number(entry[1], key));
  return token;
}

Result<PostProcessor> read_bert_processing(const JsonValue& value) {
  GF_ASSIGN(const SpecialToken cls, read_bert_token(value, "cls"));
  GF_ASSIGN(const SpecialToken sep, read_bert_token(value, "sep"));
  return make_bert_post_processor(cls, sep);
}

/// The offset trimming of RoBERTa and the byte level.
Result<std::optional<OffsetTrimming>> read_trimming(const JsonValue& value) {
  GF_ASSIGN(const bool trims, read_flag_or(value, "trim_offsets", true));
  GF_ASSIGN(const bool prefix_space, read_flag_or(value, "add_prefix_space", true));
  if (!trims) return std::optional<OffsetTrimming>();
  return std::optional(OffsetTrimming{prefix_space});
}

Result<PostProcessor> read_roberta_processing(const JsonValue& value) {
  GF_ASSIGN(const SpecialToken cls, read_bert_token(value, "cls"));
  GF_ASSIGN(const SpecialToken sep, read_bert_token(value, "sep"));
  PostProcessor processor = make_roberta_post_processor(cls, sep);
  GF_ASSIGN(processor.trimming, read_trimming(value));
  return processor;
}

Result<PostProcessor> read_byte_level_processing(const JsonValue& value) {
  PostProcessor processor = make_plain_post_processor();
  GF_ASSIGN(processor.trimming, read_trimming(value));
  return processor;
}

bool is_plain(const PostProcessor& processor) {
  return count_special_tokens(processor.single) + count_special_tokens(processor.pair) == 0;
}

/// Trimming and one kind of template: no published file has more.
Result<PostProcessor> read_sequence(const JsonValue& value) {
  GF_ASSIGN(auto processors, read_parts(value, "processors", read_post_processor));
  PostProcessor all = make_plain_post_processor();
  for (PostProcessor& one : processors) {
    if (!is_plain(one) && !is_plain(all)) {
      return fail(ErrorCode::kUnsupported, value.document(),
                  ": a sequence of post-processors that add special tokens is not supported");
    }
    if (one.trimming) all.trimming = one.trimming;
    if (is_plain(one)) continue;
    all.single = std::move(one.single);
    all.pair = std::move(one.pair);
  }
  return all;
}

constexpr PartReader<PostProcessor> kPostProcessors[] = {
    {"BertProcessing", read_bert_processing},         {"ByteLevel", read_byte_level_processing},
    {"RobertaProcessing", read_roberta_processing},   {"Sequence", read_sequence},
    {"TemplateProcessing", read_template_processing},
};

}  // namespace

size_t count_special_tokens(const Template& pieces) {
  size_t count = 0;
  for (const TemplatePiece& piece : pieces) count += piece.tokens.size();
  return count;
}

PostProcessor make_plain_post_processor() {
  const TemplatePiece first{Kind::kFirstText, 0, {}}, second{Kind::kSecondText, 1, {}};
  return {{first}, {first, second}, {}};
}

PostProcessor make_bert_post_processor(const SpecialToken& cls, const SpecialToken& sep) {
  const TemplatePiece start{Kind::kSpecialTokens, 0, {cls}}, end{Kind::kSpecialTokens, 0, {sep}};
  const TemplatePiece first{Kind::kFirstText, 0, {}}, second{Kind::kSecondText, 1, {}};
  const TemplatePiece end_of_second{Kind::kSpecialTokens, 1, {sep}};
  return {{start, first, end}, {start, first, end, second, end_of_second}, {}};
}

PostProcessor make_mpnet_post_processor(const SpecialToken& cls, const SpecialToken& sep) {
  PostProcessor processor = make_bert_post_processor(cls, sep);
  constexpr size_t kMiddle = 2;
  processor.pair[kMiddle].tokens.push_back(sep);
  return processor;
}

PostProcessor make_roberta_post_processor(const SpecialToken& cls, const SpecialToken& sep) {
  const TemplatePiece start{Kind::kSpecialTokens, 0, {cls}}, end{Kind::kSpecialTokens, 0, {sep}};
  const TemplatePiece middle{Kind::kSpecialTokens, 0, {sep, sep}};
  const TemplatePiece first{Kind::kFirstText, 0, {}}, second{Kind::kSecondText, 0, {}};
  return {{start, first, end}, {start, first, middle, second, end}, {}};
}

PostProcessor make_affix_post_processor(const std::vector<SpecialToken>& prefix,
                                        const std::vector<SpecialToken>& suffix) {
  const TemplatePiece start{Kind::kSpecialTokens, 0, prefix}, end{Kind::kSpecialTokens, 0, suffix};
  const TemplatePiece first{Kind::kFirstText, 0, {}}, second{Kind::kSecondText, 0, {}};
  return {{start, first, end}, {start, first, second, end}, {}};
}

PostProcessor make_ending_post_processor(const std::vector<SpecialToken>& suffix) {
  const TemplatePiece end{Kind::kSpecialTokens, 0, suffix};
  const TemplatePiece first{Kind::kFirstText, 0, {}}, second{Kind::kSecondText, 0, {}};
  return {{first, end}, {first, end, second, end}, {}};
}

PostProcessor make_enclosing_post_processor(const std::vector<SpecialToken>& prefix,
                                            const std::vector<SpecialToken>& suffix) {
  Template pieces[2];
  for (const int32_t type_id : {0, 1}) {
    const Kind text = type_id == 0 ? Kind::kFirstText : Kind::kSecondText;
    pieces[type_id] = {{Kind::kSpecialTokens, type_id, prefix},
                       {text, type_id, {}},
                       {Kind::kSpecialTokens, type_id, suffix}};
  }
  Template pair = pieces[0];
  pair.insert(pair.end(), pieces[1].begin(), pieces[1].end());
  return {pieces[0], pair, {}};
}

Result<PostProcessor> read_post_processor(const JsonValue& value) {
  return read_part<PostProcessor>(value, "post_processor", kPostProcessors);
}

}  // namespace glassformer
