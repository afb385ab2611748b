"""Tests of what the recipes share: `python3 -m unittest discover models/recipes/tests`."""
import sys
import tempfile
import unittest
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch import nn
from transformers import BertConfig, BertModel

sys.path.append(str(Path(__file__).resolve().parents[1]))
from common.attention import WRITTEN_OUT
from common.average import copy_prepared, mean_of
from common.base_encoder import start_from
from common.calibrated import quantise_layers, round_together
from common.corpus import TokenLists, cut_batches, draw_mixture, pad
from common.int8 import dequantise, quantise, quantise_rows
from common.labelled import TrainingSet
from common.overlap import HeldOut
from common.trainer import RunOptions, Schedule, fit, load_weights
from common.wordpiece import choose_pieces, with_pieces


class Int8Test(unittest.TestCase):
    def test_error_is_at_most_half_a_step(self):
        matrix = torch.randn(7, 33, generator=torch.Generator().manual_seed(1))
        matrix[3] = 0
        rounded, scale = quantise_rows(matrix)
        self.assertEqual(int(rounded.abs().max()), 127)
        error = (rounded.float() * scale[:, None] - matrix).abs()
        self.assertTrue(bool((error <= scale[:, None] * 0.5001).all()))

    def test_vectors_and_exact_matrices_stay_as_they_are(self):
        weights = {"a.weight": torch.randn(3, 4), "head.weight": torch.randn(2, 4), "a.bias": torch.randn(3)}
        shipped = quantise(weights, exact=("head.weight",))
        self.assertEqual(set(shipped), {*weights, "a.weight_scale"})
        restored = dequantise(shipped)
        self.assertEqual(set(restored), set(weights))
        self.assertTrue(torch.equal(restored["head.weight"], weights["head.weight"]))
        self.assertTrue(torch.equal(restored["a.bias"], weights["a.bias"]))


class CalibratedTest(unittest.TestCase):
    def test_errors_make_up_for_each_other(self):
        torch.manual_seed(1)
        inputs = torch.randn(400, 6) @ torch.randn(6, 32) + 0.1 * torch.randn(400, 32)  # correlated, as in a network
        matrix = torch.randn(16, 32)
        integers, scale = round_together(matrix, inputs.T @ inputs)
        plain, plain_scale = quantise_rows(matrix)
        self.assertEqual(integers.dtype, torch.int8)
        torch.testing.assert_close(scale, plain_scale)
        wanted = inputs @ matrix.T
        errors = [(inputs @ (q.float() * scale[:, None]).T - wanted).square().mean() for q in (integers, plain)]
        self.assertLess(errors[0], errors[1] / 4)

    def test_without_inputs_it_rounds_to_the_nearest(self):
        matrix = torch.tensor([[1.0, 0.3, -0.52], [0.0, 0.0, 0.0]])
        integers, scale = round_together(matrix, torch.zeros(3, 3))
        torch.testing.assert_close((integers, scale), quantise_rows(matrix))

    def test_layers_are_rounded_one_after_the_other(self):
        torch.manual_seed(1)
        model = nn.Sequential(nn.Linear(8, 8), nn.GELU(), nn.Linear(8, 4))
        inputs = torch.randn(50, 8)
        shipped = quantise_layers(model, [model[0], model[2]], lambda: model(inputs))
        names = [f"{i}.weight{suffix}" for i in (0, 2) for suffix in ("", "_scale")]
        self.assertEqual(sorted(shipped), sorted(names))
        for i in (0, 2):
            rounded = dequantise({name: shipped[name] for name in names if name.startswith(f"{i}.")})
            torch.testing.assert_close(model[i].weight.detach(), rounded[f"{i}.weight"])


class OverlapTest(unittest.TestCase):
    def test_finds_what_differs_in_spacing_case_and_punctuation(self):
        held_out = HeldOut(["It 's fun .", "他不喜欢任何聚会。"])
        self.assertTrue(held_out.contains("it's FUN!"))
        self.assertTrue(held_out.contains("他不喜欢任何聚会"))
        self.assertFalse(held_out.contains("it's funny"))
        self.assertFalse(held_out.contains("..."))
        with self.assertRaises(AssertionError):
            held_out.assert_absent(["something", "IT'S FUN"])


class AverageTest(unittest.TestCase):
    def mean(self, *states: dict) -> dict:
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / f"{i}.pt" for i in range(len(states))]
            for path, state in zip(paths, states):
                torch.save(state, path)
            return mean_of(paths)

    def test_takes_the_moving_average_where_one_was_kept(self):
        plain = {"step": 7, "names": [("w", (2,))], "master": torch.tensor([1.0, 2.0]), "average": None}
        averaged = plain | {"master": torch.tensor([9.0, 9.0]), "average": torch.tensor([3.0, 6.0])}
        mean = self.mean(plain, averaged)
        self.assertEqual(mean["master"].tolist(), [2.0, 4.0])
        self.assertEqual(mean["step"], 0)

    def test_different_models_have_no_mean(self):
        one = {"step": 7, "names": [("w", (1,))], "master": torch.tensor([1.0]), "average": None}
        with self.assertRaisesRegex(SystemExit, "different models"):
            self.mean(one, one | {"names": [("v", (1,))]})

    def test_takes_along_what_was_prepared_and_no_checkpoints(self):
        with tempfile.TemporaryDirectory() as folder:
            work, out = Path(folder) / "work", Path(folder) / "out"
            work.mkdir()
            for name in ("config.json", "pieces.npy", "checkpoint.pt"):
                (work / name).write_text(name)
            copy_prepared(work, out)
            self.assertEqual({path.name for path in out.iterdir()}, {"config.json", "pieces.npy"})


class AttentionTest(unittest.TestCase):
    def test_it_is_what_the_reference_computes(self):
        torch.manual_seed(1)
        config = BertConfig(
            vocab_size=30, hidden_size=16, num_hidden_layers=2, num_attention_heads=4, intermediate_size=32
        )
        model = BertModel(config).eval()
        ids = torch.randint(0, 30, (2, 8))
        mask = torch.tensor([[1] * 8, [1] * 5 + [0] * 3])
        outputs = []
        for implementation in ("eager", WRITTEN_OUT):
            model.set_attn_implementation(implementation)
            outputs.append(model(input_ids=ids, attention_mask=mask).last_hidden_state)
        torch.testing.assert_close(*outputs)
        without_mask = model(input_ids=ids).last_hidden_state
        self.assertFalse(torch.allclose(without_mask[1], outputs[1][1]))


class BaseEncoderTest(unittest.TestCase):
    def test_only_the_head_may_be_new(self):
        model = nn.ModuleDict({"bert": nn.Linear(2, 3, bias=False), "head": nn.Linear(3, 2)})
        weight = torch.arange(6.0).view(3, 2)
        start_from(model, {"bert.weight": weight, "bert.pooler.weight": weight}, head="head")
        self.assertTrue(torch.equal(model["bert"].weight, weight))
        with self.assertRaisesRegex(ValueError, "bert.weight"):
            start_from(model, {}, head="head")


class CorpusTest(unittest.TestCase):
    def test_batches_hold_every_example_once_within_the_budget(self):
        rng = np.random.default_rng(1)
        lengths = rng.integers(1, 100, 1000)
        batches = cut_batches(np.arange(1000), lengths, 512, rng)
        self.assertEqual(sorted(np.concatenate(batches)), list(range(1000)))
        for batch in batches:
            self.assertLessEqual(len(batch) * lengths[batch].max(), 512)

    def test_mixture_repeats_sources(self):
        sources = np.repeat([0, 1, 2], 1000)
        drawn = draw_mixture(sources, np.array([2.0, 0.5, 0.0]), np.random.default_rng(1))
        counts = Counter(sources[drawn].tolist())
        self.assertEqual(counts[0], 2000)
        self.assertAlmostEqual(counts[1], 500, delta=80)
        self.assertEqual(counts[2], 0)

    def test_pack_and_pad(self):
        lists = TokenLists.pack([[5, 6, 7], [], [8]])
        ids, mask = pad([lists[0], lists[2]], pad_id=9)
        self.assertEqual(ids.shape, (2, 8))
        self.assertEqual(ids[1].tolist(), [8] + [9] * 7)
        self.assertEqual(mask.sum(axis=1).tolist(), [3, 1])


class TrainingSetTest(unittest.TestCase):
    def test_short_texts_go_with_their_labels_and_sources(self):
        texts = TokenLists.pack([[1], [2, 3], [4], [5, 6, 7]])
        longer = TrainingSet(texts, np.array([0, 1, 0, 1]), np.array([0, 1, 2, 3])).at_least(2)
        self.assertEqual([longer.texts[i].tolist() for i in range(len(longer.texts))], [[2, 3], [5, 6, 7]])
        self.assertEqual((longer.labels.tolist(), longer.sources.tolist()), ([1, 1], [1, 3]))


class WordPieceTest(unittest.TestCase):
    def test_keeps_specials_characters_and_the_most_frequent(self):
        words = ["[PAD]", "[unused0]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "##a", "rare", "common", "other"]
        vocabulary = {piece: i for i, piece in enumerate(words)}
        counts = Counter({9: 50, 10: 20, 8: 1})
        pieces = choose_pieces(vocabulary, counts, 9)
        self.assertEqual(pieces, ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "##a", "common", "other"])

    def test_renumbers_specials(self):
        tokenizer = {
            "model": {"vocab": {}},
            "added_tokens": [{"id": 101, "content": "[CLS]"}],
            "post_processor": {"special_tokens": {"[CLS]": {"ids": [101], "tokens": ["[CLS]"]}}},
        }
        new = with_pieces(tokenizer, ["[PAD]", "[CLS]"], 512)
        self.assertEqual(new["added_tokens"][0]["id"], 1)
        self.assertEqual(new["post_processor"]["special_tokens"]["[CLS]"]["ids"], [1])
        self.assertEqual(tokenizer["added_tokens"][0]["id"], 101)


def make_batch(step: int, rank: int, world: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Points of a linear function, the same for the same step."""
    inputs = torch.randn(16, 4, generator=torch.Generator().manual_seed(step))[rank::world]
    return inputs, inputs.sum(dim=1, keepdim=True)


def squared_error(model: nn.Module, batch: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    return (model(batch[0]) - batch[1]).square().mean()


def fail_in_second_rank(model: nn.Module, batch: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    if ":" in torch.multiprocessing.current_process().name:  # a child of the training process
        raise RuntimeError("the second rank fails")
    return squared_error(model, batch)


def seeded_model() -> nn.Module:
    torch.manual_seed(1)
    return nn.Linear(4, 1)


@unittest.skipIf(torch.cuda.is_available(), "makes its batches on the CPU")
class TrainerTest(unittest.TestCase):
    def train(self, folder: Path, schedule: Schedule, processes: int, loss_of=squared_error) -> dict[str, torch.Tensor]:
        """Trains in a process of its own: one that has run autograd must not fork again."""
        options = RunOptions(folder / "checkpoint.pt", processes=processes, dtype=torch.float32, log_every=1000)
        arguments = (seeded_model(), make_batch, loss_of, schedule, options)
        training = torch.multiprocessing.get_context("fork").Process(target=fit, args=arguments)
        training.start()
        training.join(timeout=60)
        self.assertEqual(training.exitcode, 0)
        return load_weights(options.checkpoint)

    def test_learns_with_one_process_and_with_two(self):
        for processes in (1, 2):
            with tempfile.TemporaryDirectory() as folder:
                weights = self.train(Path(folder), Schedule(300, 0.05, 10), processes)
                self.assertLess(float((weights["weight"] - 1).abs().max()), 0.02)

    def test_a_failing_rank_ends_the_run(self):
        with tempfile.TemporaryDirectory() as folder, self.assertRaises(AssertionError):
            self.train(Path(folder), Schedule(5, 0.05, 1), 2, fail_in_second_rank)

    def test_resumed_run_takes_the_same_steps(self):
        def schedule(steps: int) -> Schedule:
            return Schedule(steps, 0.05, 10, "inverse_sqrt")

        with tempfile.TemporaryDirectory() as whole, tempfile.TemporaryDirectory() as parts:
            expected = self.train(Path(whole), schedule(40), processes=1)
            self.train(Path(parts), schedule(25), processes=1)
            resumed = self.train(Path(parts), schedule(40), processes=1)
            self.assertTrue(torch.equal(resumed["weight"], expected["weight"]))

    def test_schedule_warms_up_and_cools_down(self):
        schedule = Schedule(100, 1.0, 10, "inverse_sqrt", cool_down_steps=20)
        rates = [schedule.lr(step) for step in range(100)]
        self.assertEqual(max(rates), rates[9])
        self.assertLess(rates[99], 0.05 * rates[79])


if __name__ == "__main__":
    unittest.main()
