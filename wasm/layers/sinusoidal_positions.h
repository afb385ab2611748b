// The positional encoding of "Attention Is All You Need" (section 3.5), with all sines before all
// cosines, as Marian and CTRL have it.
#pragma once

#include "core/matrix.h"

namespace glassformer {

/// x[i][j] += sin((first + i) / 10000^(2j / d)) for j < ceil(d / 2), and the cosines of the same
/// angles behind; x [n, d].
void add_sinusoidal_positions(Matrix x, size_t first);

}  // namespace glassformer
