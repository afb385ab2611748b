#include "families/stack_model.h"

#include "families/decoder_batch.h"

namespace glassformer {

namespace {

template <class StackKind>
class StackModel : public Model {
 public:
  explicit StackModel(StackModelParts<StackKind> parts) : parts_(std::move(parts)) {}

  const ModelShape& shape() const override { return parts_.shape; }
  Head head() const override { return parts_.head; }

  Matrix forward(const TokenInput& input, ForwardContext& context) const override {
    const SequenceBatch batch = sequences_of(input, context.workspace);
    const Matrix hidden = parts_.stack->forward(input, batch, context);  // [n_tokens, d_model]
    if (!parts_.head_module) return {};
    return parts_.head_module->forward(rows_for_head(hidden, batch, context), context);
  }

 protected:
  StackModelParts<StackKind> parts_;

 private:
  Matrix rows_for_head(Matrix hidden, SequenceBatch batch, ForwardContext& context) const {
    switch (parts_.head_module->reads()) {
      case HeadRows::kFirst:
        return first_rows(hidden, batch, context);
      case HeadRows::kLast:
        return last_rows(hidden, batch, context);
      case HeadRows::kAll:
        break;
    }
    return hidden;
  }
};

class DecoderModel final : public StackModel<DecoderStack> {
 public:
  using StackModel::StackModel;

  Matrix decode(std::span<const DecoderInput> inputs, ForwardContext& context) const override {
    const Matrix hidden =
        run_batch(inputs, context, [&](std::span<const int32_t> ids, SequenceBatch batch) {
          return parts_.stack->forward_batch(ids, batch, context);
        });                                               // [inputs.size(), d_model]
    return parts_.head_module->forward(hidden, context);  // [inputs.size(), vocab_size]
  }
};

}  // namespace

std::unique_ptr<Model> make_stack_model(StackModelParts<Stack> parts) {
  return std::make_unique<StackModel<Stack>>(std::move(parts));
}

std::unique_ptr<Model> make_decoder_model(StackModelParts<DecoderStack> parts) {
  return std::make_unique<DecoderModel>(std::move(parts));
}

}  // namespace glassformer
