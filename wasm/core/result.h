// Result<T>: a value or an Error. The engine is built without exceptions, so this is how failures
// of input travel.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "core/check.h"
#include "core/concat.h"
#include "core/error.h"

namespace glassformer {

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  /// From anything that converts to T: a `const Base*` for a `Derived*`, an alternative for a
  /// variant.
  template <class U>
    requires(std::is_convertible_v<U, T> && !std::is_same_v<std::remove_cvref_t<U>, Error> &&
             !std::is_same_v<std::remove_cvref_t<U>, Result>)
  Result(U&& value) : value_(std::forward<U>(value)) {}
  Result(Error error) : error_(std::move(error)) {}

  bool ok() const { return value_.has_value(); }
  T& value() & {
    GF_CHECK(ok());
    return *value_;
  }
  const T& value() const& {
    GF_CHECK(ok());
    return *value_;
  }
  T&& value() && { return std::move(value()); }
  const Error& error() const& {
    GF_CHECK(!ok());
    return error_;
  }
  Error error() && { return std::move(error_); }

 private:
  std::optional<T> value_;
  Error error_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  bool ok() const { return !error_; }
  const Error& error() const& {
    GF_CHECK(!ok());
    return error_;
  }
  Error error() && { return std::move(error_); }

 private:
  Error error_;
};

Error fail_with(ErrorCode code, std::initializer_list<Fragment> fragments);

/// fail(ErrorCode::kNotFound, "config.json: field '", name, "' is missing")
template <class... Pieces>
Error fail(ErrorCode code, const Pieces&... pieces) {
  return fail_with(code, {Fragment(pieces)...});
}

}  // namespace glassformer

#define GF_JOIN_INNER(a, b) a##b
#define GF_JOIN(a, b) GF_JOIN_INNER(a, b)

/// GF_TRY(expression): leaves the function with the error if the Result failed.
#define GF_TRY(expression)                                           \
  do {                                                               \
    if (auto gf_result = (expression); !gf_result.ok()) [[unlikely]] \
      return std::move(gf_result).error();                           \
  } while (false)

/// GF_ASSIGN(auto shape, read_shape(json)): declares the value, or leaves the function with the
/// error.
#define GF_ASSIGN(declaration, expression)                   \
  auto GF_JOIN(gf_result_, __LINE__) = (expression);         \
  if (!GF_JOIN(gf_result_, __LINE__).ok()) [[unlikely]]      \
    return std::move(GF_JOIN(gf_result_, __LINE__)).error(); \
  declaration = std::move(GF_JOIN(gf_result_, __LINE__)).value()
