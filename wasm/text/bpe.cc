#include "text/bpe.h"

#include <algorithm>
#include <queue>

#include "text/byte_tokens.h"
#include "text/fields.h"

namespace glassformer {

namespace {

uint64_t pair_key(int32_t left, int32_t right) {
  return uint64_t{static_cast<uint32_t>(left)} << 32 | static_cast<uint32_t>(right);
}

}  // namespace

/// The symbols of a word as a linked list, so that a merge costs the logarithm of its length.
class Bpe::Word {
 public:
  struct Symbol {
    int32_t id;
    uint32_t bytes;  // of the word; 0 once it has been merged into the one before
    uint32_t previous, next;
  };

  void add(int32_t id, size_t bytes) {
    flush_unknown();
    append(id, bytes);
  }

  void add_unknown(int32_t id, size_t bytes, bool fuse) {
    if (unknown_ && !fuse) flush_unknown();
    if (!unknown_) unknown_ = {id, 0};
    unknown_->second += bytes;
  }

  /// An unknown character waits for the next one, which may be fused with it; bytes do not push it
  /// out, as in the reference.
  void add_byte(int32_t id) { append(id, 1); }

  void flush_unknown() {
    if (!unknown_) return;
    append(unknown_->first, unknown_->second);
    unknown_.reset();
  }

  void merge(const Bpe& model) {
    for (uint32_t i = 0; i + 1 < symbols_.size(); ++i) propose(model, i);
    while (!proposals_.empty()) {
      const Proposal best = proposals_.top();
      proposals_.pop();
      if (still_stands(model, best)) apply(model, best);
    }
  }

  const std::vector<Symbol>& symbols() const { return symbols_; }

 private:
  struct Proposal {
    uint32_t rank, position;
    int32_t merged;
    bool operator<(const Proposal& other) const {  // the queue's top is its largest
      return std::pair(rank, position) > std::pair(other.rank, other.position);
    }
  };
  static constexpr uint32_t kNone = UINT32_MAX;

  void append(int32_t id, size_t bytes) {
    const auto position = static_cast<uint32_t>(symbols_.size());
    if (position > 0) symbols_.back().next = position;
    symbols_.push_back(
        {id, static_cast<uint32_t>(bytes), position == 0 ? kNone : position - 1, kNone});
  }

  void propose(const Bpe& model, uint32_t position) {
    const Symbol& left = symbols_[position];
    if (left.next == kNone) return;
    const Rule* rule = model.find_rule(left.id, symbols_[left.next].id);
    if (rule != nullptr) proposals_.push({rule->rank, position, rule->merged});
  }

  bool still_stands(const Bpe& model, const Proposal& proposal) const {
    const Symbol& left = symbols_[proposal.position];
    if (left.bytes == 0 || left.next == kNone) return false;
    const Rule* rule = model.find_rule(left.id, symbols_[left.next].id);
    return rule != nullptr && rule->merged == proposal.merged;
  }

  void apply(const Bpe& model, const Proposal& proposal) {
    Symbol& left = symbols_[proposal.position];
    Symbol& right = symbols_[left.next];
    left.id = proposal.merged;
    left.bytes += right.bytes;
    left.next = right.next;
    right.bytes = 0;
    if (left.next != kNone) symbols_[left.next].previous = proposal.position;
    if (left.previous != kNone) propose(model, left.previous);
    propose(model, proposal.position);
  }

  std::vector<Symbol> symbols_;
  std::priority_queue<Proposal> proposals_;
  std::optional<std::pair<int32_t, size_t>> unknown_;
};

Result<Bpe> Bpe::create(Vocabulary vocabulary, const std::vector<Merge>& merges, BpeOptions options,
                        std::string_view source) {
  Bpe model;
  model.vocabulary_ = std::move(vocabulary);
  model.options_ = std::move(options);
  if (model.options_.unk_token) model.unk_id_ = model.vocabulary_.find(*model.options_.unk_token);
  if (model.options_.unk_token && !model.unk_id_) {
    return fail(ErrorCode::kInvalidFormat, source, ": unk_token '", *model.options_.unk_token,
                "' is not in the vocabulary");
  }
  model.rules_.reserve(merges.size());
  for (const Merge& merge : merges) {
    GF_ASSIGN(const Rule rule,
              model.make_rule(merge, static_cast<uint32_t>(model.rules_.size()), source));
    model.rules_.push_back(rule);
  }
  // Of a pair that comes twice, the last one counts: it sorts first and is what is found.
  std::sort(model.rules_.begin(), model.rules_.end(), [](const Rule& a, const Rule& b) {
    return a.pair != b.pair ? a.pair < b.pair : a.rank > b.rank;
  });
  return model;
}

Result<Bpe::Rule> Bpe::make_rule(const Merge& merge, uint32_t rank, std::string_view source) const {
  const auto& [left, right] = merge;
  const std::string& prefix = options_.continuing_subword_prefix;
  const std::string merged = left + right.substr(std::min(prefix.size(), right.size()));
  const auto left_id = vocabulary_.find(left), right_id = vocabulary_.find(right);
  const auto merged_id = vocabulary_.find(merged);
  if (!left_id || !right_id || !merged_id) {
    return fail(ErrorCode::kInvalidFormat, source, ": merge ", rank, " ('", left, "' and '", right,
                "' to '", merged, "'): not all of them are in the vocabulary");
  }
  return Rule{pair_key(*left_id, *right_id), rank, *merged_id};
}

const Bpe::Rule* Bpe::find_rule(int32_t left, int32_t right) const {
  const uint64_t key = pair_key(left, right);
  const auto found =
      std::lower_bound(rules_.begin(), rules_.end(), key,
                       [](const Rule& rule, uint64_t pair) { return rule.pair < pair; });
  return found != rules_.end() && found->pair == key ? &*found : nullptr;
}

void Bpe::tokenize(std::span<const CodePoint> piece, std::vector<ModelToken>& tokens) const {
  std::string text;
  std::vector<uint32_t> point_of_byte;
  for (uint32_t i = 0; i < piece.size(); ++i) {
    append_utf8(text, piece[i].value);
    point_of_byte.resize(text.size(), i);
  }
  const auto whole = options_.ignore_merges ? vocabulary_.find(text) : std::nullopt;
  if (whole) {
    tokens.push_back({*whole, 0, static_cast<uint32_t>(piece.size())});
    return;
  }
  Word word;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    decode_utf8(text, end);
    add_character(std::string_view(text).substr(begin, end - begin), begin == 0, end == text.size(),
                  word);
    begin = end;
  }
  word.flush_unknown();
  word.merge(*this);
  const auto point_at = [&](size_t byte) {
    return point_of_byte[std::min(byte, point_of_byte.size() - 1)];
  };
  size_t begin = 0;
  for (const Word::Symbol& symbol : word.symbols()) {
    if (symbol.bytes == 0) continue;
    const size_t end = begin + symbol.bytes;
    tokens.push_back({symbol.id, point_at(begin), point_at(end - 1) + 1});
    begin = end;
  }
}

void Bpe::add_character(std::string_view character, bool is_first, bool is_last, Word& word) const {
  std::string symbol(is_first ? "" : options_.continuing_subword_prefix);
  symbol += character;
  if (is_last) symbol += options_.end_of_word_suffix;
  if (const auto id = vocabulary_.find(symbol)) {
    word.add(*id, character.size());
  } else if (!(options_.byte_fallback && add_bytes(symbol, word)) && unk_id_) {
    word.add_unknown(*unk_id_, character.size(), options_.fuse_unk);
  }
}

bool Bpe::add_bytes(std::string_view bytes, Word& word) const {
  const std::vector<int32_t> ids = byte_token_ids(vocabulary_, bytes);
  for (const int32_t id : ids) word.add_byte(id);
  return !ids.empty();
}

namespace {

/// "a b"
Result<Merge> parse_merge(std::string_view line, std::string_view source) {
  const size_t blank = line.find(' ');
  if (blank == std::string_view::npos || line.find(' ', blank + 1) != std::string_view::npos) {
    return fail(ErrorCode::kInvalidFormat, source,
                ": merges: expected two tokens with a blank between them, got '", line, "'");
  }
  return Merge(line.substr(0, blank), line.substr(blank + 1));
}

/// ["a", "b"], or "a b" as older files have it.
Result<Merge> read_merge(const JsonValue& value) {
  if (value.is_array() && value.size() == 2) {
    GF_ASSIGN(const std::string left, value[0].string("model.merges"));
    GF_ASSIGN(const std::string right, value[1].string("model.merges"));
    return Merge(left, right);
  }
  if (!value.is_string()) return value.mismatch("model.merges", "two tokens");
  GF_ASSIGN(const std::string line, value.string("model.merges"));
  return parse_merge(line, value.document());
}

Result<std::vector<Merge>> read_merge_list(const JsonValue& value) {
  GF_ASSIGN(const JsonValue list, value.at("merges"));
  if (!list.is_array()) return list.mismatch("model.merges", "an array");
  std::vector<Merge> merges;
  for (size_t i = 0; i < list.size(); ++i) {
    GF_ASSIGN(Merge merge, read_merge(list[i]));
    merges.push_back(std::move(merge));
  }
  return merges;
}

/// With dropout a text has other tokens every time: for training alone.
Result<void> refuse_dropout(const JsonValue& value) {
  const auto field = value.find("dropout");
  if (!field) return {};
  GF_ASSIGN(const double dropout, field->number("dropout"));
  if (dropout == 0) return {};
  return fail(ErrorCode::kUnsupported, value.document(), ": model.dropout ", json_number(dropout),
              " is not supported; supported: 0");
}

}  // namespace

Result<std::vector<Merge>> read_merges(std::string_view text, std::string_view source) {
  std::vector<Merge> merges;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("#version")) continue;
    GF_ASSIGN(Merge merge, parse_merge(line, source));
    merges.push_back(std::move(merge));
  }
  return merges;
}

Result<std::unique_ptr<TokenModel>> read_bpe(const JsonValue& value) {
  GF_TRY(refuse_dropout(value));
  BpeOptions options;
  if (const auto unk = value.find("unk_token")) {
    GF_ASSIGN(options.unk_token, unk->string("unk_token"));
  }
  GF_ASSIGN(options.continuing_subword_prefix,
            read_string_or(value, "continuing_subword_prefix", ""));
  GF_ASSIGN(options.end_of_word_suffix, read_string_or(value, "end_of_word_suffix", ""));
  GF_ASSIGN(options.fuse_unk, read_flag_or(value, "fuse_unk", false));
  GF_ASSIGN(options.byte_fallback, read_flag_or(value, "byte_fallback", false));
  GF_ASSIGN(options.ignore_merges, read_flag_or(value, "ignore_merges", false));
  GF_ASSIGN(const JsonValue vocab, value.at("vocab"));
  GF_ASSIGN(Vocabulary vocabulary, read_vocabulary(vocab, "model.vocab"));
  GF_ASSIGN(const std::vector<Merge> merges, read_merge_list(value));
  GF_ASSIGN(Bpe model,
            Bpe::create(std::move(vocabulary), merges, std::move(options), value.document()));
  return std::unique_ptr<TokenModel>(std::make_unique<Bpe>(std::move(model)));
}

}  // namespace glassformer
