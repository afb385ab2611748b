// Translation, summarisation and other texts from texts, by an encoder-decoder: the encoder reads
// the text, the decoder writes the other one.
#pragma once

#include "pipelines/generation.h"

namespace glassformer {

/// The whole text is one sentence to the model; what does not fit its positions is cut off and
/// counted. kInvalidFormat where the model does not say what the decoder begins with.
Result<GenerationText> read_source_text(const PipelineModel& model,
                                        const GenerationOptions& options, std::string_view text);

inline constexpr NeededHead kEncoderDecoder{Head::kSeq2SeqLm, "an encoder and a decoder"};

inline constexpr GenerationTask kTranslation{"translation", "translation_text", kEncoderDecoder,
                                             read_source_text};
inline constexpr GenerationTask kSummarization{"summarization", "summary_text", kEncoderDecoder,
                                               read_source_text};
inline constexpr GenerationTask kText2TextGeneration{"text2text-generation", "generated_text",
                                                     kEncoderDecoder, read_source_text};

}  // namespace glassformer
