#include "core/check.h"

#include <cstdio>
#include <cstdlib>

namespace glassformer {

void check_failed(const char* what) {
  std::fputs("glassformer: check failed: ", stderr);
  std::fputs(what, stderr);
  std::fputc('\n', stderr);
  std::abort();
}

}  // namespace glassformer
