// What every layer's forward pass needs besides its input.
#pragma once

#include "core/workspace.h"
#include "trace/tracer.h"

namespace glassformer {

struct ForwardContext {
  Workspace& workspace;  // where results and scratch live, until the pass ends
  Tracer& tracer;
};

}  // namespace glassformer
