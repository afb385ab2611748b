// What can go wrong with input, and how it is said. Input (files, text, options) fails with an
// Error that travels in a Result; a broken invariant of our own is a check (core/check.h). A
// message says what, where, expected and got.
#pragma once

#include <string>
#include <utility>

namespace glassformer {

enum class ErrorCode {
  kOk,
  kInvalidArgument,  // the caller asked for something that makes no sense
  kInvalidFormat,    // a file is damaged or not what it should be
  kUnsupported,      // well-formed, but this engine does not do it
  kNotFound,         // a file, tensor, field or model is missing
  kOutOfMemory,      // an allocation of a size that came from input failed
  kInternal,         // reported by callers that caught a defect of the engine
};

struct Error {
  ErrorCode code;
  std::string message;
};

}  // namespace glassformer
