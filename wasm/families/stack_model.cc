#include "families/stack_model.h"

namespace glassformer {

namespace {

class StackModel final : public Model {
 public:
  explicit StackModel(StackModelParts parts) : parts_(std::move(parts)) {}

  const ModelShape& shape() const override { return parts_.shape; }
  Head head() const override { return parts_.head; }

  Matrix forward(const TokenInput& input, ForwardContext& context) const override {
    const Matrix hidden = parts_.stack->forward(input, context);  // [n_tokens, d_model]
    if (!parts_.head_module) return {};
    return parts_.head_module->forward(hidden, context);
  }

 private:
  StackModelParts parts_;
};

}  // namespace

std::unique_ptr<Model> make_stack_model(StackModelParts parts) {
  return std::make_unique<StackModel>(std::move(parts));
}

}  // namespace glassformer
