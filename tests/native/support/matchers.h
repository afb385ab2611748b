// Saying what a Result should be.
#pragma once

#include <string_view>

#include <gtest/gtest.h>

#include "core/result.h"

namespace glassformer::testing {

/// Whether the result failed with this code and a message that holds `part`.
template <class T>
::testing::AssertionResult fails_with(const Result<T>& result, ErrorCode code,
                                      std::string_view part) {
  if (result.ok()) return ::testing::AssertionFailure() << "expected a failure, got a value";
  const Error& error = result.error();
  if (error.code() != code) {
    return ::testing::AssertionFailure()
           << "code " << static_cast<int>(error.code()) << ", expected " << static_cast<int>(code)
           << ": " << error.message();
  }
  if (error.message().find(part) == std::string::npos) {
    return ::testing::AssertionFailure()
           << "expected the message to hold '" << part << "', got: " << error.message();
  }
  return ::testing::AssertionSuccess();
}

/// Whether the result is a value; says the error otherwise.
template <class T>
::testing::AssertionResult succeeded(const Result<T>& result) {
  if (result.ok()) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << result.error().message();
}

}  // namespace glassformer::testing
