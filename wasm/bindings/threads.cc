// What a build with threads binds besides: an engine that brings its threads along. Every object
// that makes them, or runs on them, is compiled for shared memory; the others are those of the
// builds without.
#include <emscripten/bind.h>

#include "core/thread_pool.h"
#include "engine/engine.h"

namespace glassformer {

namespace {

class ThreadedEngine : public Engine {
 public:
  explicit ThreadedEngine(size_t n_threads) : threads_(n_threads) { use(threads_); }

 private:
  ThreadPool threads_;
};

EMSCRIPTEN_BINDINGS(threads) {
  emscripten::class_<ThreadedEngine, emscripten::base<Engine>>("ThreadedEngine")
      .constructor<size_t>();
}

}  // namespace

}  // namespace glassformer
