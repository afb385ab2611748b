// The options that every task has: what to keep of the forward pass, and what to change in it.
#pragma once

#include "core/request_options.h"
#include "families/model.h"
#include "pipelines/pipeline.h"
#include "trace/interventions.h"
#include "trace/recorder.h"

namespace glassformer {

/// output_attentions and output_hidden_states, both false by default, and
/// inspect: {"layer","head","kind"}, the head to be taken apart ("self" unless the kind is
/// "decoder" or "cross"). kInvalidArgument for a head that a model of this shape does not have.
Result<RecorderOptions> read_trace_options(RequestOptions& options, const ModelShape& shape);

/// mask_heads: [[layer, head], ...], mask_tokens: [index, ...],
/// replace_attention: [{"layer","head","query","weights"}, ...], a third element or a "kind" as
/// above, and skip_layers: [layer, ...], of the decoder where there is one. kInvalidArgument for a
/// head or a layer that there is not; whether the tokens are there is known only with the text.
Result<Interventions> read_interventions(RequestOptions& options, const ModelShape& shape);

/// kInvalidArgument where the layer of the head that is to be inspected is skipped.
Result<void> check_inspected(const std::optional<HeadPlace>& inspected,
                             const Interventions& interventions, const ModelShape& shape);

/// Whether anything is to be changed.
bool is_empty(const Interventions& interventions);

/// What was inspected, as tensors "inspect.q", "inspect.k", "inspect.v", "inspect.scores",
/// "inspect.probs" and "inspect.hidden"; none when nothing was.
void add_inspected(const InspectedHead& inspected, NamedTensors& tensors);

}  // namespace glassformer
