// The commands of the command line: a stable contract, one line of JSON each.
//   run <task> --model <dir> [--options JSON] [--top-k N] <text> [<second text>]
//     a task that generates (translation, text-generation, ...) takes any number of texts
//   tokenize --model <dir> <text> [<second text>]
//   forward --model <dir> --ids 101,7592 [--type-ids ..] [--decoder-ids ..] --out <file>
//   info --model <dir>
// All but tokenize take --dtype auto|fp32|fp16|q8 (LoadOptions), and --quantize int8 for q8.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/result.h"

namespace glassformer {

/// Runs the command that the first word names and returns its line of JSON.
Result<std::string> run_command(std::span<const std::string_view> words);

}  // namespace glassformer
