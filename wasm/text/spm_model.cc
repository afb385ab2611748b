#include "text/spm_model.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <queue>
#include <string>
#include <utility>

#include "text/byte_tokens.h"

namespace glassformer {

namespace {

using Characters = std::span<const CodePoint>;
using Type = SpmPiece::Type;

std::string encode(Characters chars) {
  std::string text;
  for (const CodePoint& point : chars) append_utf8(text, point.value);
  return text;
}

/// A stretch of the text and the piece that it is; an unknown one has the unknown piece's id.
struct Segment {
  uint32_t begin, end;
  int32_t id;
};

/// What both kinds have in common: the pieces, and what becomes of unknown ones.
class SpmModel : public TokenModel {
 public:
  Result<void> load(const SpmFile& file, std::string_view source) {
    std::vector<Vocabulary::Entry> all, spelling;
    for (size_t id = 0; id < file.pieces.size(); ++id) {
      const SpmPiece& piece = file.pieces[id];
      const auto number = static_cast<int64_t>(id);
      all.push_back({piece.text, number});
      const bool spells = piece.type == Type::kNormal || piece.type == Type::kUserDefined ||
                          piece.type == Type::kUnused;
      if (spells) spelling.push_back({piece.text, number});
      scores_.push_back(piece.score);
      types_.push_back(piece.type);
    }
    GF_ASSIGN(vocabulary_, Vocabulary::create(std::move(all), source));
    GF_ASSIGN(spelling_, Vocabulary::create(std::move(spelling), source));
    unk_id_ = file.unk_id;
    byte_fallback_ = file.byte_fallback;
    return {};
  }

  void tokenize(Characters piece, std::vector<ModelToken>& tokens) const override {
    const size_t first = tokens.size();
    for (const Segment& segment : cut(piece)) add_segment(piece, segment, first, tokens);
  }

  const Vocabulary& vocabulary() const override { return vocabulary_; }

 protected:
  virtual std::vector<Segment> cut(Characters piece) const = 0;

  Vocabulary vocabulary_;
  Vocabulary spelling_;  // without control and byte pieces, which text cannot have
  std::vector<float> scores_;
  std::vector<Type> types_;
  int32_t unk_id_ = 0;

 private:
  void add_segment(Characters piece, const Segment& segment, size_t first,
                   std::vector<ModelToken>& tokens) const {
    const auto& [begin, end, id] = segment;
    const bool is_unknown = id == unk_id_;
    if (is_unknown && byte_fallback_) {
      const std::string text = encode(piece.subspan(begin, end - begin));
      const std::vector<int32_t> bytes = byte_token_ids(vocabulary_, text);
      for (const int32_t byte : bytes) tokens.push_back({byte, begin, end});
      if (!bytes.empty()) return;
    }
    const bool follows_unknown = tokens.size() > first && tokens.back().shows_text;
    if (is_unknown && follows_unknown) {
      tokens.back().end = end;
    } else {
      tokens.push_back({id, begin, end, is_unknown});
    }
  }

  bool byte_fallback_ = false;
};

class SpmUnigram : public SpmModel {
 public:
  /// Call after load().
  void prepare() {
    least_ = std::numeric_limits<float>::max();
    most_ = std::numeric_limits<float>::lowest();
    for (size_t id = 0; id < scores_.size(); ++id) {
      if (types_[id] != Type::kNormal) continue;
      least_ = std::min(least_, scores_[id]);
      most_ = std::max(most_, scores_[id]);
    }
  }

 protected:
  /// Viterbi as in unigram.h, but sums are rounded to single precision, which decides between cuts
  /// that are nearly as good.
  std::vector<Segment> cut(Characters piece) const override {
    constexpr float kUnknownPenalty = 10;
    struct Step {
      float score = 0;
      uint32_t begin = 0;
      int32_t id = -1;
    };
    std::vector<Step> best(piece.size() + 1);
    const auto offer = [&best](uint32_t begin, uint32_t end, int32_t id, double total) {
      Step& step = best[end];
      if (step.id < 0 || total > step.score) step = {static_cast<float>(total), begin, id};
    };
    for (uint32_t begin = 0; begin < piece.size(); ++begin) {
      const float so_far = best[begin].score;
      bool spells_character = false;
      spelling_.for_each_match(piece.subspan(begin), [&](const Vocabulary::Match& match) {
        if (types_[static_cast<size_t>(match.id)] == Type::kUnused) return;
        offer(begin, begin + match.length, match.id, total_score(piece, begin, match, so_far));
        spells_character |= match.length == 1;
      });
      if (!spells_character) offer(begin, begin + 1, unk_id_, so_far + (least_ - kUnknownPenalty));
    }
    std::vector<Segment> segments;
    for (auto end = static_cast<uint32_t>(piece.size()); end > 0; end = segments.back().begin) {
      segments.push_back({best[end].begin, end, best[end].id});
    }
    std::reverse(segments.begin(), segments.end());
    return segments;
  }

 private:
  double total_score(Characters piece, uint32_t begin, const Vocabulary::Match& match,
                     float so_far) const {
    if (types_[static_cast<size_t>(match.id)] != Type::kUserDefined) {
      return so_far + scores_[static_cast<size_t>(match.id)];
    }
    // The user's own pieces are better than any other ones of their length in bytes.
    constexpr double kTie = 0.1;
    const size_t bytes = encode(piece.subspan(begin, match.length)).size();
    return so_far + (static_cast<float>(bytes) * most_ - kTie);
  }

  float least_ = 0, most_ = 0;
};

class SpmBpe : public SpmModel {
 protected:
  std::vector<Segment> cut(Characters piece) const override {
    Merger merger(*this, piece);
    return merger.merge();
  }

 private:
  /// Merges of one text: symbols in a linked list, neighbours in a queue.
  class Merger {
   public:
    Merger(const SpmBpe& model, Characters piece) : model_(model), piece_(piece) {
      for (uint32_t begin = 0; begin < piece.size();) begin = add_symbol(begin);
      for (uint32_t i = 0; i + 1 < symbols_.size(); ++i) propose(i);
    }

    std::vector<Segment> merge() {
      while (!proposals_.empty()) {
        const Proposal best = proposals_.top();
        proposals_.pop();
        Symbol& left = symbols_[best.left];
        const bool stands = left.end > left.begin && left.next != kNone &&
                            symbols_[left.next].end - left.begin == best.length;
        if (stands) apply(best);
      }
      std::vector<Segment> segments;
      for (const Symbol& symbol : symbols_) {
        if (symbol.end > symbol.begin) split_unused(symbol.begin, symbol.end, segments);
      }
      return segments;
    }

   private:
    struct Symbol {
      uint32_t begin, end;  // the same once it has been merged into the one before
      uint32_t previous, next;
      bool is_fixed;  // the user's own piece
    };
    struct Proposal {
      float score;
      uint32_t left, length;
      bool operator<(const Proposal& other) const {  // the queue's top is its largest
        return score != other.score ? score < other.score : left > other.left;
      }
    };
    static constexpr uint32_t kNone = UINT32_MAX;

    uint32_t add_symbol(uint32_t begin) {
      uint32_t length = 1;
      bool is_fixed = false;
      model_.spelling_.for_each_match(piece_.subspan(begin), [&](const Vocabulary::Match& match) {
        if (model_.types_[static_cast<size_t>(match.id)] != Type::kUserDefined) return;
        length = match.length;
        is_fixed = true;
      });
      const auto position = static_cast<uint32_t>(symbols_.size());
      if (position > 0) symbols_.back().next = position;
      symbols_.push_back(
          {begin, begin + length, position == 0 ? kNone : position - 1, kNone, is_fixed});
      return begin + length;
    }

    std::optional<int32_t> find(uint32_t begin, uint32_t end) const {
      return model_.spelling_.find(encode(piece_.subspan(begin, end - begin)));
    }

    void propose(uint32_t position) {
      const Symbol& left = symbols_[position];
      if (left.next == kNone || left.is_fixed || symbols_[left.next].is_fixed) return;
      const uint32_t end = symbols_[left.next].end;
      // A longer stretch than any piece would only be encoded to find nothing.
      if (end - left.begin > kMaxPieceCharacters) return;
      const auto id = find(left.begin, end);
      if (!id) return;
      proposals_.push({model_.scores_[static_cast<size_t>(*id)], position, end - left.begin});
      if (model_.types_[static_cast<size_t>(*id)] == Type::kUnused) {
        unused_[{left.begin, end}] = left.end;
      }
    }

    void apply(const Proposal& proposal) {
      Symbol& left = symbols_[proposal.left];
      Symbol& right = symbols_[left.next];
      left.end = right.end;
      left.next = right.next;
      right.begin = right.end;
      if (left.next != kNone) symbols_[left.next].previous = proposal.left;
      if (left.previous != kNone) propose(left.previous);
      propose(proposal.left);
    }

    /// A piece that is only there to be merged further is cut again where it was put together.
    void split_unused(uint32_t begin, uint32_t end, std::vector<Segment>& segments) const {
      const auto id = find(begin, end);
      const bool is_unused = id && model_.types_[static_cast<size_t>(*id)] == Type::kUnused;
      const auto found = is_unused ? unused_.find({begin, end}) : unused_.end();
      if (found == unused_.end()) {
        segments.push_back({begin, end, id.value_or(model_.unk_id_)});
        return;
      }
      split_unused(begin, found->second, segments);
      split_unused(found->second, end, segments);
    }

    static constexpr uint32_t kMaxPieceCharacters = 1024;

    const SpmBpe& model_;
    Characters piece_;
    std::vector<Symbol> symbols_;
    std::priority_queue<Proposal> proposals_;
    std::map<std::pair<uint32_t, uint32_t>, uint32_t> unused_;  // stretches, and where they join
  };
};

}  // namespace

Result<std::unique_ptr<TokenModel>> make_spm_model(const SpmFile& file, std::string_view source) {
  if (file.model_type == SpmModelType::kBpe) {
    auto model = std::make_unique<SpmBpe>();
    GF_TRY(model->load(file, source));
    return std::unique_ptr<TokenModel>(std::move(model));
  }
  auto model = std::make_unique<SpmUnigram>();
  GF_TRY(model->load(file, source));
  model->prepare();
  return std::unique_ptr<TokenModel>(std::move(model));
}

}  // namespace glassformer
