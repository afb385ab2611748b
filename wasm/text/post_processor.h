// The post-processor puts special tokens around and between texts ("[CLS] A [SEP] B [SEP]") and
// gives every token its type id. All kinds are templates: one for a single text, one for a pair.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"

namespace glassformer {

struct SpecialToken {
  int32_t id = 0;
  std::string token;
};

struct TemplatePiece {
  enum class Kind : uint8_t { kFirstText, kSecondText, kSpecialTokens };

  Kind kind;
  int32_t type_id;
  std::vector<SpecialToken> tokens;  // of kSpecialTokens
};

using Template = std::vector<TemplatePiece>;

/// How many special tokens a template adds.
size_t count_special_tokens(const Template& pieces);

/// Blanks at the ends of byte-level tokens are not part of their offsets.
struct OffsetTrimming {
  bool keeps_first_blank = false;  // which was added to the text, so that it has no place
};

struct PostProcessor {
  Template single;
  Template pair;
  std::optional<OffsetTrimming> trimming;
};

/// "$A" and "$A $B:1": no special tokens.
PostProcessor make_plain_post_processor();

/// "[CLS] $A [SEP]" and "[CLS] $A [SEP] $B:1 [SEP]:1".
PostProcessor make_bert_post_processor(const SpecialToken& cls, const SpecialToken& sep);

/// "<s> $A </s>" and "<s> $A </s> </s> $B:1 </s>:1".
PostProcessor make_mpnet_post_processor(const SpecialToken& cls, const SpecialToken& sep);

/// "<s> $A </s>" and "<s> $A </s> </s> $B </s>".
PostProcessor make_roberta_post_processor(const SpecialToken& cls, const SpecialToken& sep);

/// "en_XX $A </s>" and "en_XX $A $B </s>", with any tokens at either end.
PostProcessor make_affix_post_processor(const std::vector<SpecialToken>& prefix,
                                        const std::vector<SpecialToken>& suffix);

/// "$A </s>" and "$A </s> $B </s>".
PostProcessor make_ending_post_processor(const std::vector<SpecialToken>& suffix);

/// "<s> $A </s>" and "<s> $A </s> <s>:1 $B:1 </s>:1".
PostProcessor make_enclosing_post_processor(const std::vector<SpecialToken>& prefix,
                                            const std::vector<SpecialToken>& suffix);

/// The "post_processor" of a tokenizer.json.
Result<PostProcessor> read_post_processor(const JsonValue& value);

}  // namespace glassformer
