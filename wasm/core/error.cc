#include "core/error.h"

#include "core/result.h"

namespace glassformer {

struct Error::Detail {
  ErrorCode code;
  std::string message;
};

Error::Error(ErrorCode code, std::string message) : detail_(new Detail{code, std::move(message)}) {}

Error::Error(const Error& other) : detail_(other.detail_ ? new Detail(*other.detail_) : nullptr) {}

ErrorCode Error::code() const { return detail_ ? detail_->code : ErrorCode::kOk; }

const std::string& Error::message() const {
  static const std::string none;
  return detail_ ? detail_->message : none;
}

void Error::drop() { delete detail_; }

Error fail_with(ErrorCode code, std::initializer_list<Fragment> fragments) {
  return {code, concat_fragments(fragments)};
}

}  // namespace glassformer
