// The element-wise operations (add, multiply, scale, activate) that families write between layers.
#pragma once

#include "kernels/elementwise.h"  // IWYU pragma: export
