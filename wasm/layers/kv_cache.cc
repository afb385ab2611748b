#include "layers/kv_cache.h"

namespace glassformer {

namespace {

void append_rows(std::vector<float>& out, ConstMatrix rows) {
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
