"""One training loop for a CPU with bf16 matrix units and for CUDA: data-parallel AdamW on flat buffers, resumable.

On a CPU, two processes of one thread each beat one process of two threads; they share weights, gradients and optimiser
state in shared memory, and each updates its slice of them. All randomness of step k comes from (seed, k), so a run that
is stopped and resumed from its checkpoint takes the same steps as one that was not.
"""
import json
import math
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

BETAS = (0.9, 0.98)
ADAM_EPSILON = 1e-8
MAX_GRADIENT_NORM = 1.0
LR_FLOOR = 0.02  # as a share of the peak: the last steps still move

Batch = Any
MakeBatch = Callable[[int, int, int], Batch]  # (step, rank, world) -> this rank's share of the step's batch
LossOf = Callable[[nn.Module, Batch], torch.Tensor]  # scalar


@dataclass(frozen=True)
class Schedule:
    """Linear warm-up to the peak, then linear decay (`linear`) or decay with 1/sqrt(step) (`inverse_sqrt`).

    The latter needs no end in mind; `cool_down_steps` at the end of it fall linearly to the floor.
    """

    steps: int
    peak_lr: float
    warmup_steps: int
    decay: str = "linear"
    cool_down_steps: int = 0

    def lr(self, step: int) -> float:
        warm = min(1.0, (step + 1) / self.warmup_steps)
        if self.decay == "linear":
            return self.peak_lr * warm * max(LR_FLOOR, 1 - step / self.steps)
        slowed = math.sqrt(self.warmup_steps / max(step + 1, self.warmup_steps))
        left = (self.steps - step) / self.cool_down_steps if self.cool_down_steps else 1.0
        return self.peak_lr * warm * slowed * min(1.0, max(LR_FLOOR, left))


@dataclass(frozen=True)
class RunOptions:
    """How to run, as opposed to what to learn."""

    checkpoint: Path
    seed: int = 1
    processes: int = 2
    dtype: torch.dtype = torch.bfloat16
    weight_decay: float = 0.01
    average_decay: float = 0.0  # of the exponential moving average of the weights; 0 keeps none
    seconds: float = math.inf  # wall-clock budget: saves and leaves
    save_every: float = 300.0
    log_every: int = 20


def training_device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


class FlatState:
    """Every trainable parameter in one flat buffer each of weights, gradients per rank, master, moments and average.

    Matrices come first, so that weight decay applies to one contiguous range. Few large operations keep both CPU and
    GPU busy, and sharing between processes is one flag.
    """

    def __init__(self, model: nn.Module, options: RunOptions):
        named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
        self.named = sorted(named, key=lambda item: item[1].dim() < 2)
        self.size = sum(p.numel() for _, p in self.named)
        self.decayed = sum(p.numel() for _, p in self.named if p.dim() >= 2)
        self.options = options
        device = training_device()
        share = (lambda t: t.share_memory_()) if options.processes > 1 else (lambda t: t)
        self.master = share(torch.cat([p.detach().float().reshape(-1) for _, p in self.named]).to(device))
        self.weights = share(self.master.to(options.dtype, copy=True))
        self.gradients = share(torch.zeros(options.processes, self.size, dtype=options.dtype, device=device))
        self.moment1 = share(torch.zeros_like(self.master))
        self.moment2 = share(torch.zeros_like(self.master))
        self.average = share(self.master.clone()) if options.average_decay else None
        self.reports = share(torch.zeros(options.processes, 3, dtype=torch.float64))  # squared norm, loss, stop

    def bind(self, rank: int) -> None:
        """Makes the model's parameters and their gradients views of this rank's buffers."""
        offset = 0
        for _, parameter in self.named:
            end = offset + parameter.numel()
            parameter.data = self.weights[offset:end].view(parameter.shape)
            parameter.grad = self.gradients[rank, offset:end].view(parameter.shape)
            offset = end

    def report(self, rank: int, loss: float, stop: bool) -> None:
        """What this rank has to say about the step; `update` gives every rank the same summary of it."""
        self.reports[rank, 1] = loss
        self.reports[rank, 2] = float(stop)

    def update(self, rank: int, wait: Callable[[], object], lr: float, step: int) -> tuple[float, bool]:
        """One AdamW step on this rank's slice; every rank calls it, `wait` is their barrier.

        Returns the mean loss and whether a rank asked to stop, read while no rank can write them.
        """
        wait()
        processes = self.options.processes
        low, high = self.size * rank // processes, self.size * (rank + 1) // processes
        gradient = self.gradients[0, low:high].float()
        for other in range(1, processes):
            gradient += self.gradients[other, low:high]
        gradient /= processes
        self.reports[rank, 0] = float(gradient.dot(gradient))
        wait()
        norm = math.sqrt(float(self.reports[:, 0].sum()))
        loss, stop = float(self.reports[:, 1].mean()), bool(self.reports[:, 2].any())
        gradient *= min(1.0, MAX_GRADIENT_NORM / (norm + 1e-6))
        boundary = min(max(low, self.decayed), high)
        self._adamw(low, boundary, gradient[: boundary - low], lr, step, self.options.weight_decay)
        self._adamw(boundary, high, gradient[boundary - low :], lr, step, 0.0)
        self.weights[low:high].copy_(self.master[low:high])
        if self.average is not None:
            # Early steps average over what there is so far, not over the initial weights.
            decay = min(self.options.average_decay, step / (step + 10))
            self.average[low:high].lerp_(self.master[low:high], 1 - decay)
        wait()
        self.gradients[rank].zero_()
        return loss, stop

    def _adamw(self, low: int, high: int, gradient: torch.Tensor, lr: float, step: int, weight_decay: float) -> None:
        if low == high:
            return
        torch._fused_adamw_(
            [self.master[low:high]], [gradient], [self.moment1[low:high]], [self.moment2[low:high]], [],
            [torch.tensor(float(step), device=gradient.device)], lr=lr, beta1=BETAS[0], beta2=BETAS[1],
            weight_decay=weight_decay, eps=ADAM_EPSILON, amsgrad=False, maximize=False,
        )  # fmt: skip

    def save(self, step: int) -> None:
        """Writes a checkpoint; the old one stays until the new one is complete."""
        state = {
            "step": step,
            "names": [(name, tuple(p.shape)) for name, p in self.named],
            "master": self.master.cpu(),
            "moment1": self.moment1.cpu(),
            "moment2": self.moment2.cpu(),
            "average": None if self.average is None else self.average.cpu(),
        }
        path = self.options.checkpoint
        partial = path.with_suffix(".partial")
        torch.save(state, partial)
        os.replace(partial, path)

    def resume(self) -> int:
        """Loads the checkpoint if there is one; returns the number of steps already taken."""
        if not self.options.checkpoint.exists():
            return 0
        state = torch.load(self.options.checkpoint, map_location="cpu", weights_only=True)
        expected = [(name, tuple(p.shape)) for name, p in self.named]
        if [(name, tuple(shape)) for name, shape in state["names"]] != expected:
            raise ValueError(f"{self.options.checkpoint}: made by another configuration; move it away to start anew")
        self.master.copy_(state["master"])
        self.moment1.copy_(state["moment1"])
        self.moment2.copy_(state["moment2"])
        if self.average is not None:
            self.average.copy_(state["master"] if state["average"] is None else state["average"])
        self.weights.copy_(self.master)
        return state["step"]


def load_weights(checkpoint: Path, averaged: bool = False) -> dict[str, torch.Tensor]:
    """The trained f32 parameters of a checkpoint by name; `averaged` takes the moving average where it was kept."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    use_average = averaged and state["average"] is not None
    flat = state["average"] if use_average else state["master"]
    weights, offset = {}, 0
    for name, shape in state["names"]:
        end = offset + math.prod(shape)
        weights[name] = flat[offset:end].view(shape)
        offset = end
    return weights


class Log:
    """Prints one JSON line every few steps: mean loss, learning rate, seconds since the start of this call."""

    def __init__(self, every: int):
        self.every = every
        self.losses: list[float] = []
        self.start = time.time()

    def add(self, step: int, loss: float, lr: float) -> None:
        self.losses.append(loss)
        if step % self.every:
            return
        line = {"step": step, "loss": round(sum(self.losses) / len(self.losses), 4), "lr": round(lr, 7)}
        print(json.dumps(line | {"seconds": round(time.time() - self.start, 1)}), flush=True)
        self.losses = []


def fit(model: nn.Module, make_batch: MakeBatch, loss_of: LossOf, schedule: Schedule, options: RunOptions) -> None:
    """Trains from the checkpoint, or from the model's weights, to the end of the schedule or of the time budget.

    Ends early, with a checkpoint, at SIGTERM.
    """
    if training_device().type == "cuda" and options.processes > 1:
        raise ValueError("on CUDA use one process: there is one device")
    model.to(device=training_device(), dtype=options.dtype).train()
    state = FlatState(model, options)
    first_step = state.resume()
    print(json.dumps({"parameters": state.size, "first_step": first_step, "steps": schedule.steps}), flush=True)
    context = torch.multiprocessing.get_context("fork")
    barrier = context.Barrier(options.processes)
    if options.processes > 1:
        torch.set_num_threads(1)
    arguments = (model, make_batch, loss_of, schedule, state, first_step, barrier)
    others = [context.Process(target=_work_or_abort, args=(rank, *arguments)) for rank in range(1, options.processes)]
    for process in others:
        process.start()
    handler = signal.getsignal(signal.SIGTERM)
    try:
        _work_or_abort(0, *arguments)
    finally:
        signal.signal(signal.SIGTERM, handler)
    for process in others:
        process.join()


def _work_or_abort(rank, model, make_batch, loss_of, schedule, state, step, barrier) -> None:
    """A rank that fails takes the others with it, instead of leaving them waiting for it."""
    try:
        _work(rank, model, make_batch, loss_of, schedule, state, step, barrier.wait)
    except BaseException:
        barrier.abort()
        raise


def _work(rank, model, make_batch, loss_of, schedule, state, step, wait) -> None:
    """The loop of one rank from `step` on. Rank 0 logs, saves, and decides when to stop."""
    options = state.options
    asked = []
    signal.signal(signal.SIGTERM, (lambda *_: asked.append(True)) if rank == 0 else signal.SIG_IGN)
    state.bind(rank)
    log, start, saved = Log(options.log_every), time.time(), time.time()
    stop = False
    while step < schedule.steps and not stop:
        torch.manual_seed((options.seed * 1_000_003 + step) * 64 + rank)
        loss = loss_of(model, make_batch(step, rank, options.processes))
        loss.backward()
        state.report(rank, loss.item(), rank == 0 and (bool(asked) or time.time() - start > options.seconds))
        lr = schedule.lr(step)
        mean_loss, stop = state.update(rank, wait, lr, step + 1)
        step += 1
        if rank == 0:
            log.add(step, mean_loss, lr)
            if time.time() - saved > options.save_every:
                state.save(step)
                saved = time.time()
    wait()
    if rank == 0:
        state.save(step)
