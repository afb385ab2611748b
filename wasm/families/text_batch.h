// Several texts in one pass, packed one behind the other: no padding, and the weights are read once
// for all of them. Everything but attention and positions goes row by row, so that each text's
// numbers are those that it has alone.
#pragma once

#include "families/model.h"

namespace glassformer {

/// As many tokens as texts may have together to share a pass: enough to make good use of every
/// weight that is read, and few enough that activations stay small and a pass ends soon.
constexpr size_t kSharedPassTokens = 512;

/// How many of the texts, from the first on, the next pass reads: at least one.
size_t texts_in_pass(std::span<const TokenInput> texts);

/// The texts as one input, whose spans lie in the workspace; a single text is that text.
TokenInput pack_texts(std::span<const TokenInput> texts, Workspace& workspace);

/// Which rows of [n_tokens, d_model] belong to which text; in the workspace.
SequenceBatch sequences_of(const TokenInput& input, Workspace& workspace);

/// Row i of the result is the first row of sequence i in hidden [n, d_model], or the last:
/// [n_sequences, d_model], in the workspace, or hidden itself where every sequence has one row.
Matrix first_rows(Matrix hidden, SequenceBatch batch, ForwardContext& context);
Matrix last_rows(Matrix hidden, SequenceBatch batch, ForwardContext& context);

}  // namespace glassformer
