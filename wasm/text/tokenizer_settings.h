// What the files beside a vocabulary say about a tokeniser that has no tokenizer.json:
// tokenizer_config.json, special_tokens_map.json, added_tokens.json, and config.json for the kind
// of model. Read as the reference does (PreTrainedTokenizerBase.from_pretrained).
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "text/added_tokens.h"
#include "text/text_files.h"

namespace glassformer {

/// A special token by its role, and what it is called unless a file says otherwise.
struct NamedToken {
  std::string_view role;  // "mask_token"
  std::string_view otherwise;
  bool lstrip = false;
};

class TokenizerSettings {
 public:
  static Result<TokenizerSettings> read(const TextFiles& files);

  /// "T5Tokenizer": tokenizer_class without "Fast", or that of config.json's model_type; empty when
  /// nothing says.
  const std::string& tokenizer_class() const { return tokenizer_class_; }

  Result<bool> flag(std::string_view key, bool otherwise) const;
  Result<size_t> count(std::string_view key, size_t otherwise) const;
  Result<std::string> text(std::string_view key, std::string_view otherwise) const;

  AddedToken special(const NamedToken& token) const;

  /// All tokens to be found in a text: those that the files add, the special ones, and `others`.
  std::vector<AddedToken> added_tokens(std::span<const NamedToken> special,
                                       std::span<const AddedToken> others = {}) const;

 private:
  explicit TokenizerSettings(JsonDocument config) : config_(std::move(config)) {}
  Result<void> read_class(const TextFiles& files);
  Result<void> read_numbered_tokens(const TextFiles& files);
  Result<void> read_added_token(const std::string& content, const JsonValue& id,
                                std::map<int64_t, AddedToken>& by_id) const;
  Result<void> read_special_tokens(const JsonValue& source);
  Result<void> read_extra_tokens(const JsonValue& list, std::string_view key);

  JsonDocument config_;
  std::string tokenizer_class_;
  std::map<std::string, AddedToken, std::less<>> special_;  // by role
  std::vector<AddedToken> numbered_;                        // by id
  std::vector<AddedToken> extra_;
};

}  // namespace glassformer
