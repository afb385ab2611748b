// The commands of the command line: a stable contract, one line of JSON each.
//   run <task> --model <dir> [--top-k N] [--quantize int8] <text> [<second text>]
//   tokenize --model <dir> <text> [<second text>]
//   forward --model <dir> --ids 101,7592 [--type-ids ..] [--decoder-ids ..] --out <file>
//   info --model <dir>
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/result.h"

namespace glassformer {

/// Runs the command that the first word names and returns its line of JSON.
Result<std::string> run_command(std::span<const std::string_view> words);

}  // namespace glassformer
