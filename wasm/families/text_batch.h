// Several texts in one pass, packed one behind the other: which rows are whose. Everything but
// attention and positions goes row by row, so that each text's numbers are those that it has alone.
#pragma once

#include "families/model.h"

namespace glassformer {

/// Which rows of [n_tokens, d_model] belong to which text; in the workspace.
SequenceBatch sequences_of(const TokenInput& input, Workspace& workspace);

/// Row i of the result is the first row of sequence i in hidden [n, d_model], or the last:
/// [n_sequences, d_model], in the workspace, or hidden itself where every sequence has one row.
Matrix first_rows(Matrix hidden, SequenceBatch batch, ForwardContext& context);
Matrix last_rows(Matrix hidden, SequenceBatch batch, ForwardContext& context);

}  // namespace glassformer
