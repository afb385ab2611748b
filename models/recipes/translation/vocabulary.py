"""Learns one SentencePiece unigram vocabulary for both languages."""
from collections.abc import Iterable
from pathlib import Path

import sentencepiece

from common.unigram import EOS, EOS_ID, PAD, PAD_ID, UNK, UNK_ID

# Rare ideographs beyond this share of all characters become <unk>.
CHARACTER_COVERAGE = 0.9997


def train_pieces(sentences: Iterable[str], size: int, prefix: Path) -> list[tuple[str, float]]:
    """Learns `size` pieces with their log-probabilities, in the order of their ids; specials first."""
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_prefix=str(prefix),
        vocab_size=size,
        model_type="unigram",
        character_coverage=CHARACTER_COVERAGE,
        normalization_rule_name="identity",
        pad_id=PAD_ID,
        pad_piece=PAD,
        eos_id=EOS_ID,
        eos_piece=EOS,
        unk_id=UNK_ID,
        unk_piece=UNK,
        bos_id=-1,
        num_threads=2,
        minloglevel=1,
    )
    processor = sentencepiece.SentencePieceProcessor(model_file=f"{prefix}.model")
    return [(processor.id_to_piece(i), processor.get_score(i)) for i in range(processor.get_piece_size())]
