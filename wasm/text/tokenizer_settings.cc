#include "text/tokenizer_settings.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "text/fields.h"

namespace glassformer {

namespace {

constexpr std::string_view kAddedTokensJson = "added_tokens.json";
constexpr std::string_view kSpecialTokensMapJson = "special_tokens_map.json";
constexpr std::string_view kNumberedTokens = "added_tokens_decoder";
constexpr std::string_view kRoles[] = {"bos_token", "eos_token", "unk_token", "sep_token",
                                       "pad_token", "cls_token", "mask_token"};

/// The tokeniser of a kind of model whose repository does not name one.
constexpr std::pair<std::string_view, std::string_view> kClasses[] = {
    {"albert", "AlbertTokenizer"},
    {"camembert", "CamembertTokenizer"},
    {"ctrl", "CTRLTokenizer"},
    {"mbart", "MBartTokenizer"},
    {"mpnet", "MPNetTokenizer"},
    {"mt5", "T5Tokenizer"},
    {"pegasus", "PegasusTokenizer"},
    {"t5", "T5Tokenizer"},
    {"xlm-roberta", "XLMRobertaTokenizer"},
};

/// "<s>", or {"content": "<s>", "lstrip": true, ...}.
Result<AddedToken> read_special_token(const JsonValue& value, std::string_view role) {
  AddedToken token;
  token.special = true;
  if (!value.is_object()) {
    GF_ASSIGN(token.content, value.string(role));
    return token;
  }
  GF_ASSIGN(token.content, read_string(value, "content"));
  GF_ASSIGN(token.single_word, read_flag_or(value, "single_word", false));
  GF_ASSIGN(token.lstrip, read_flag_or(value, "lstrip", false));
  GF_ASSIGN(token.rstrip, read_flag_or(value, "rstrip", false));
  GF_ASSIGN(token.normalized, read_flag_or(value, "normalized", false));
  GF_ASSIGN(token.special, read_flag_or(value, "special", true));
  return token;
}

Result<int64_t> read_id(const std::string& digits, std::string_view source) {
  constexpr size_t kMaxDigits = 9;
  const bool is_number = !digits.empty() && digits.size() <= kMaxDigits &&
                         digits.find_first_not_of("0123456789") == std::string::npos;
  if (is_number) return std::stoi(digits);
  return fail(ErrorCode::kInvalidFormat, source, ": '", kNumberedTokens, "': expected an id, got '",
              digits, "'");
}

const AddedToken* find_content(std::span<const AddedToken> tokens, std::string_view content) {
  const auto found = std::ranges::find(tokens, content, &AddedToken::content);
  return found == tokens.end() ? nullptr : &*found;
}

}  // namespace

Result<TokenizerSettings> TokenizerSettings::read(const TextFiles& files) {
  GF_ASSIGN(JsonDocument config, read_json_file(files, kTokenizerConfigJson));
  TokenizerSettings settings(std::move(config));
  const JsonValue root = settings.config_.root();
  GF_TRY(settings.read_class(files));
  GF_TRY(settings.read_special_tokens(root));
  if (!root.find(kNumberedTokens)) {
    GF_ASSIGN(const JsonDocument map, read_json_file(files, kSpecialTokensMapJson));
    GF_TRY(settings.read_special_tokens(map.root()));
  }
  GF_TRY(settings.read_numbered_tokens(files));
  return settings;
}

Result<void> TokenizerSettings::read_class(const TextFiles& files) {
  constexpr std::string_view kFast = "Fast";
  GF_ASSIGN(tokenizer_class_, text("tokenizer_class", ""));
  if (tokenizer_class_.ends_with(kFast)) {
    tokenizer_class_.resize(tokenizer_class_.size() - kFast.size());
  }
  if (!tokenizer_class_.empty()) return {};
  GF_ASSIGN(const JsonDocument model, read_json_file(files, kConfigJson));
  GF_ASSIGN(const std::string type, read_string_or(model.root(), "model_type", ""));
  for (const auto& [model_type, tokenizer_class] : kClasses) {
    if (model_type == type) tokenizer_class_ = tokenizer_class;
  }
  return {};
}

Result<void> TokenizerSettings::read_special_tokens(const JsonValue& source) {
  for (const std::string_view role : kRoles) {
    const auto field = source.find(role);
    if (!field) continue;
    GF_ASSIGN(AddedToken token, read_special_token(*field, role));
    token.special = true;
    special_.insert_or_assign(std::string(role), std::move(token));
  }
  for (const std::string_view key : {"additional_special_tokens", "extra_special_tokens"}) {
    const auto list = source.find(key);
    if (list && list->is_array()) GF_TRY(read_extra_tokens(*list, key));
  }
  return {};
}

Result<void> TokenizerSettings::read_extra_tokens(const JsonValue& list, std::string_view key) {
  for (size_t i = 0; i < list.size(); ++i) {
    GF_ASSIGN(AddedToken token, read_special_token(list[i], key));
    if (find_content(extra_, token.content) == nullptr) extra_.push_back(std::move(token));
  }
  return {};
}

/// From the config, or, older, with nothing but their ids from a file of their own.
Result<void> TokenizerSettings::read_numbered_tokens(const TextFiles& files) {
  std::map<int64_t, AddedToken> by_id;
  if (const auto list = config_.root().find(kNumberedTokens)) {
    GF_TRY(list->for_each_member([&](const std::string& id, JsonValue value) -> Result<void> {
      if (!value.is_object()) return value.mismatch(kNumberedTokens, "an object");
      GF_ASSIGN(const int64_t number, read_id(id, value.document()));
      GF_ASSIGN(by_id[number], read_special_token(value, kNumberedTokens));
      return {};
    }));
  } else {
    GF_ASSIGN(const JsonDocument added, read_json_file(files, kAddedTokensJson));
    GF_TRY(added.root().for_each_member([&](const std::string& content, JsonValue id) {
      return read_added_token(content, id, by_id);
    }));
  }
  for (auto& [id, token] : by_id) numbered_.push_back(std::move(token));
  return {};
}

/// What is known to be special is special here too.
Result<void> TokenizerSettings::read_added_token(const std::string& content, const JsonValue& id,
                                                 std::map<int64_t, AddedToken>& by_id) const {
  GF_ASSIGN(const int64_t number, id.integer(content));
  const auto has_content = [&](const auto& entry) { return entry.second.content == content; };
  const bool special =
      find_content(extra_, content) != nullptr || std::ranges::any_of(special_, has_content);
  by_id[number] = {.content = content, .normalized = !special, .special = special};
  return {};
}

Result<bool> TokenizerSettings::flag(std::string_view key, bool otherwise) const {
  return read_flag_or(config_.root(), key, otherwise);
}

Result<size_t> TokenizerSettings::count(std::string_view key, size_t otherwise) const {
  constexpr int64_t kMost = 10000;  // above any published number of extra tokens
  const auto field = config_.root().find(key);
  if (!field) return otherwise;
  GF_ASSIGN(const int64_t number, field->integer(key));
  if (number >= 0 && number <= kMost) return static_cast<size_t>(number);
  return fail(ErrorCode::kInvalidFormat, kTokenizerConfigJson, ": '", key, "': expected 0 to ",
              kMost, ", got ", number);
}

Result<std::string> TokenizerSettings::text(std::string_view key,
                                            std::string_view otherwise) const {
  return read_string_or(config_.root(), key, otherwise);
}

AddedToken TokenizerSettings::special(const NamedToken& token) const {
  const auto named = special_.find(token.role);
  if (named == special_.end()) {
    return {.content = std::string(token.otherwise), .lstrip = token.lstrip, .special = true};
  }
  AddedToken found = named->second;
  if (const AddedToken* numbered = find_content(numbered_, found.content)) found = *numbered;
  found.special = true;
  return found;
}

std::vector<AddedToken> TokenizerSettings::added_tokens(std::span<const NamedToken> special,
                                                        std::span<const AddedToken> others) const {
  std::vector<AddedToken> tokens = numbered_;
  for (const NamedToken& named : special) tokens.push_back(this->special(named));
  // What the user's files say of a token counts for more than what its family says.
  tokens.insert(tokens.end(), others.begin(), others.end());
  tokens.insert(tokens.end(), extra_.begin(), extra_.end());
  return tokens;
}

}  // namespace glassformer
