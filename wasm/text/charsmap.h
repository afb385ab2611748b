// SentencePiece's table of normalisation rules ("precompiled_charsmap"): a trie over bytes as a
// double array (Yata et al. 2007, as Darts-clone lays it out), and the replacements, each ending in
// a zero byte.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace glassformer {

class Charsmap {
 public:
  /// A rule that a text begins with: how many bytes it takes, and what they become.
  struct Rule {
    size_t length;
    std::string_view replacement;
  };

  /// `source` names the file in errors. Without bytes there are no rules.
  static Result<Charsmap> parse(std::string_view bytes, std::string_view source);

  bool empty() const { return units_.empty(); }

  std::optional<Rule> shortest_rule(std::string_view text) const;
  std::optional<Rule> longest_rule(std::string_view text) const;

 private:
  template <class Visit>
  void for_each_rule(std::string_view text, Visit visit) const;

  std::vector<uint32_t> units_;
  std::string replacements_;
};

}  // namespace glassformer
