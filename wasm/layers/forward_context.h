// What every layer's forward pass needs besides its input.
#pragma once

#include "core/workspace.h"
#include "trace/interventions.h"

namespace glassformer {

struct ForwardContext {
  Workspace& workspace;  // where results and scratch live, until the pass ends
  Tracer& tracer;
  const Interventions* interventions = nullptr;  // null: nothing is changed

  /// Whether this layer of the stack below the head is left out.
  bool skips(size_t layer) const {
    return interventions && glassformer::skips(*interventions, layer);
  }
};

}  // namespace glassformer
