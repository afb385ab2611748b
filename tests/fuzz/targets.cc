#include "fuzz/targets.h"

#include <algorithm>
#include <iterator>

#include "fuzz/loading.h"
#include "fuzz/models.h"
#include "fuzz/tokenizers.h"

namespace glassformer::fuzz {

namespace {

constexpr Target kTargets[] = {
    {"config", read_config},
    {"loading", load_in_pieces},
    {"safetensors", read_safetensors},
    {"sentencepiece", read_sentencepiece},
    {"tokenize", tokenize_bytes},
    {"tokenizer_files", read_tokenizer_files},
    {"tokenizer_json", read_tokenizer_json},
};

}  // namespace

std::span<const Target> targets() { return kTargets; }

const Target* find_target(std::string_view name) {
  const auto* found =
      std::ranges::find_if(kTargets, [name](const Target& target) { return target.name == name; });
  return found == std::end(kTargets) ? nullptr : found;
}

}  // namespace glassformer::fuzz
