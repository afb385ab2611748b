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

/// A code and a message, or no error at all. One pointer, and out of line but for moving it: every
/// function that can fail holds some, and most of a download is made of such functions.
class Error {
 public:
  Error() = default;
  Error(ErrorCode code, std::string message);
  Error(const Error& other);
  Error(Error&& other) noexcept : detail_(std::exchange(other.detail_, nullptr)) {}
  Error& operator=(Error other) noexcept {
    std::swap(detail_, other.detail_);
    return *this;
  }
  ~Error() {
    if (detail_) drop();
  }

  /// Whether something went wrong.
  explicit operator bool() const { return detail_ != nullptr; }

  /// kOk where nothing did.
  ErrorCode code() const;
  /// Empty where nothing did.
  const std::string& message() const;

 private:
  struct Detail;

  void drop();

  Detail* detail_ = nullptr;
};

}  // namespace glassformer
