// The Unicode normalisation forms (UAX #15): NFD, NFC, NFKD, NFKC, with every character's place
// kept.
#pragma once

#include "text/aligned_text.h"
#include "text/unicode.h"

namespace glassformer {

/// NFD or NFKD. Reordered marks take the places of the original's marks in order.
void decompose_text(AlignedText& text, DecompositionKind kind = DecompositionKind::kCanonical);

/// NFC or NFKC.
void compose_text(AlignedText& text, DecompositionKind kind = DecompositionKind::kCanonical);

}  // namespace glassformer
