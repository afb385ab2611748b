// Generation as a state machine: it starts with some texts, each step gives every sequence under
// way one more token, and it is finished when all texts are. Stopping early is not calling step()
// again.
#pragma once

#include <memory>
#include <vector>

#include "core/result.h"
#include "decoding/search.h"
#include "families/model.h"

namespace glassformer {

/// One text to generate from.
struct GenerationInput {
  TokenSequence source;  // what an encoder-decoder's encoder reads; else empty
  TokenSequence prompt;  // what the decoder begins with; at least one token
};

struct TextStep {
  size_t text = 0;  // its index in the request
  bool is_finished = false;
  SearchStep search;
};

class TokenGeneration {
 public:
  /// kInvalidArgument when a text does not fit the model or leaves no room for a new token. The
  /// model and the options outlive the generation.
  static Result<std::unique_ptr<TokenGeneration>> create(const Model& model,
                                                         const GenerationOptions& options,
                                                         std::vector<GenerationInput> inputs);

  bool is_finished() const;

  /// Reads the sources of some texts, or gives every running sequence one token: then there is an
  /// entry for every text that was running. Not to be called when all is finished.
  std::vector<TextStep> step(ForwardContext& context);

  /// The finished sequences of a text; none before it is finished.
  const std::vector<Hypothesis>& results(size_t text) const { return texts_[text].results; }

  const GenerationInput& input(size_t text) const { return texts_[text].input; }

 private:
  /// One text and what is kept for it while it is generated from.
  struct Text {
    GenerationInput input;
    std::unique_ptr<Search> search;
    SourceMemory source;
    std::vector<SequenceCache> caches;  // one per running sequence
    std::vector<Hypothesis> results;    // once it is finished
    bool has_source = false;

    void finish();
  };

  TokenGeneration(const Model& model, std::vector<Text> texts)
      : model_(model), texts_(std::move(texts)) {}

  bool read_next_sources(ForwardContext& context);
  std::vector<DecoderInput> next_inputs();

  const Model& model_;
  std::vector<Text> texts_;
};

}  // namespace glassformer
