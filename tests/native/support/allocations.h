// Counts what the test program takes from the heap by operator new, as every container does.
#pragma once

#include <cstddef>

namespace glassformer::testing {

/// How often memory was taken since the program began.
size_t allocations();

}  // namespace glassformer::testing
