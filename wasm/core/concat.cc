#include "core/concat.h"

namespace glassformer {

void Fragment::append_to(std::string& out) const {
  if (text_ == nullptr) {
    out += std::to_string(size_);
  } else if (text_ == &kNegative) {
    out += std::to_string(static_cast<int64_t>(size_));
  } else {
    out.append(text_, size_);
  }
}

std::string concat_fragments(std::initializer_list<Fragment> fragments) {
  std::string out;
  for (const Fragment& fragment : fragments) fragment.append_to(out);
  return out;
}

std::string shape_string(std::span<const size_t> shape) {
  std::string out = "[";
  for (size_t i = 0; i < shape.size(); ++i) {
    if (i > 0) out += ", ";
    out += std::to_string(shape[i]);
  }
  return out + "]";
}

}  // namespace glassformer
