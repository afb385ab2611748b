#include "layers/kv_cache.h"

#include <algorithm>

namespace glassformer {

namespace {

/// Room is made for this many rows more than are needed: a step of decoding seldom allocates.
constexpr size_t kSpareRows = 32;

void append_rows(std::vector<float>& out, ConstMatrix rows) {
  const size_t needed = out.size() + rows.rows * rows.cols;
  if (needed > out.capacity()) {
    out.reserve(std::max(needed + kSpareRows * rows.cols, 2 * out.capacity()));
  }
  for (size_t i = 0; i < rows.rows; ++i) {
    out.insert(out.end(), rows.row(i).begin(), rows.row(i).end());
  }
}

}  // namespace

void KeysValues::append(ConstMatrix k, ConstMatrix v) {
  GF_CHECK(k.rows == v.rows && k.cols == v.cols && (width_ == 0 || width_ == k.cols));
  width_ = k.cols;
  append_rows(keys_, k);
  append_rows(values_, v);
}

}  // namespace glassformer
