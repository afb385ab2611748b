// The pre-tokeniser of vocabularies made by SentencePiece (Kudo and Richardson 2018): blanks become
// visible ("▁"), and each begins a piece.
#pragma once

#include <cstdint>
#include <memory>

#include "text/pre_tokenizer.h"

namespace glassformer {

inline constexpr char32_t kVisibleBlank = 0x2581;

enum class PrependScheme : uint8_t { kAlways, kFirst, kNever };

struct MetaspaceOptions {
  char32_t replacement = kVisibleBlank;
  PrependScheme prepend = PrependScheme::kAlways;
  bool split = true;
};

std::unique_ptr<PreTokenizer> make_metaspace(const MetaspaceOptions& options);

/// The options as pre-tokeniser and decoder have them, also in the older form `add_prefix_space`.
Result<MetaspaceOptions> read_metaspace_options(const JsonValue& value);

Result<std::unique_ptr<PreTokenizer>> read_metaspace(const JsonValue& value);

}  // namespace glassformer
