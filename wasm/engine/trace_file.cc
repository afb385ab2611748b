#include "engine/trace_file.h"

#include "formats/safetensors.h"

namespace glassformer {

namespace {

/// Adds "<name>.0", "<name>.1", ...: the stack cut along its first axis.
void append_slices(std::vector<NamedTensor>& out, std::string_view name, const TraceTensor& stack) {
  if (stack.data.empty()) return;
  const std::vector<size_t> shape(stack.shape.begin() + 1, stack.shape.end());
  const size_t count = stack.data.size() / stack.shape[0];
  for (size_t i = 0; i < stack.shape[0]; ++i) {
    out.push_back({concat(name, ".", i), shape, std::span(stack.data).subspan(i * count, count)});
  }
}

}  // namespace

std::vector<std::byte> trace_to_safetensors(const ForwardOutput& output) {
  std::vector<NamedTensor> tensors;
  append_slices(tensors, "hidden_states", output.trace.all_hidden_states(Stream::kMain));
  append_slices(tensors, "decoder_hidden_states", output.trace.all_hidden_states(Stream::kDecoder));
  append_slices(tensors, "attentions", output.trace.attentions(AttentionKind::kSelf));
  append_slices(tensors, "decoder_attentions", output.trace.attentions(AttentionKind::kDecoder));
  append_slices(tensors, "cross_attentions", output.trace.attentions(AttentionKind::kCross));
  if (!output.logits.data.empty()) {
    tensors.push_back({"logits", output.logits.shape, output.logits.data});
  }
  return write_safetensors(tensors);
}

}  // namespace glassformer
