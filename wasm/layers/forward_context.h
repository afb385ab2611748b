// What every layer's forward pass needs besides its input.
#pragma once

#include "core/workspace.h"
#include "trace/interventions.h"

namespace glassformer {

struct ForwardContext {
  Workspace& workspace;  // where results and scratch live, until the pass ends
  Tracer& tracer;
  const Interventions* interventions = nullptr;  // null: nothing is changed
};

}  // namespace glassformer
