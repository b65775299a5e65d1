"""Train the encoder: PYTHONPATH=src:training python training/train.py training/runs/main.toml --data D --out O.

One flat loop. A checkpoint is written every few minutes; started again with the same arguments, the run goes
on from it. The learning rate follows the minutes trained, so that a run ends when it was meant to.
"""

from __future__ import annotations

import argparse
import math
import random
import time
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec
import torch
from torch import Tensor

from batches import Batch, Source
from corpus import read
from labels import Labels, count_labels
from losses import losses
from model import Model, base_folder, load_base
from onrecord.encode.windows import SEP
from vocabulary import base_pieces
from weights import load_weights

MASK = 103
"""The id of `[MASK]` in BERT's uncased vocabulary."""


def shrink(progress: float, warm_up: float) -> float:
    """The learning rate's factor: up in a line, then down a cosine to a hundredth."""
    if progress < warm_up:
        return progress / warm_up
    at = (progress - warm_up) / (1 - warm_up)
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(at, 1.0)))


def optimizer_of(model: Model, run: dict[str, Any]) -> torch.optim.AdamW:
    """AdamW with two rates: the encoder's and the heads'."""
    heads = [p for name, p in model.named_parameters() if p.requires_grad and is_new(name)]
    encoder = [p for name, p in model.named_parameters() if p.requires_grad and not is_new(name)]
    groups = [
        {"params": encoder, "lr": run["learning_rate"], "peak": run["learning_rate"]},
        {"params": heads, "lr": run["head_learning_rate"], "peak": run["head_learning_rate"]},
    ]
    return torch.optim.AdamW(groups, weight_decay=run["weight_decay"], betas=(0.9, 0.98), fused=True)


def freeze(model: Model, only: str) -> None:
    """Train the heads whose names begin so and leave all else as it is; all where `only` is empty."""
    for name, weights in model.named_parameters():
        if only and not name.startswith(tuple(f"heads.{part}." for part in only.split())):
            weights.requires_grad_(False)


class Cores:
    """How many threads to use beside the machine's other work.

    Threads that wait for one another lose more than they give when other processes take one's core; so one
    thread while others are busy, else all.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.busy, self.own, self.at = busy_seconds(), time.process_time(), time.monotonic()

    def settle(self) -> int:
        """Look at the time since the last call and set torch's threads by it."""
        busy, own, at = busy_seconds(), time.process_time(), time.monotonic()
        others = ((busy - self.busy) - (own - self.own)) / max(at - self.at, 1e-3)
        self.busy, self.own, self.at = busy, own, at
        threads = 1 if others > 0.3 else self.most
        torch.set_num_threads(threads)
        return threads


def busy_seconds() -> float:
    """CPU time that all processes of this (Linux) machine have used."""
    cells = [int(cell) for cell in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(cells) - cells[3] - cells[4]) / 100


def is_new(name: str) -> bool:
    """Whether a weight is not MiniLM's but ours."""
    return name.startswith(("heads.", "embeddings.case", "embeddings.quote"))


class Mean:
    """A running mean of the trained weights over the last steps (Polyak averaging): smoother than any one of them."""

    def __init__(self, model: Model, keep: float, every: int = 10) -> None:
        self.keep, self.every = keep**every, every
        self.weights = {name: p.detach().clone() for name, p in model.named_parameters() if p.requires_grad}

    @torch.no_grad()
    def add(self, model: Model, step: int) -> None:
        """Take in the weights after a step."""
        if step % self.every == 0:
            keep = min(self.keep, step / (step + 20))
            for name, p in model.named_parameters():
                if name in self.weights:
                    self.weights[name].lerp_(p, 1 - keep)


def hide(pieces: Tensor, share: float) -> Tensor:
    """Some pieces [B, P] as [MASK], so that the words around them must tell; never the first, nor padding."""
    hidden = (torch.rand(pieces.shape) < share) & (pieces > SEP)
    return torch.where(hidden, MASK, pieces)


def save(
    path: Path, model: Model, mean: Mean, optimizer: torch.optim.Optimizer, labels: Labels, minutes: float, step: int
) -> None:
    """Write a checkpoint so that a broken-off write leaves the last one whole."""
    state = {
        "model": model.state_dict(),
        "mean": mean.weights,
        "optimizer": optimizer.state_dict(),
        "labels": msgspec.to_builtins(labels),
        "minutes": minutes,
        "step": step,
    }
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


def main() -> None:
    """Train one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder of prepared corpora")
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoints")
    parser.add_argument("--from-weights", type=Path, help="start from another run's checkpoint, with a new schedule")
    arguments = parser.parse_args()
    run = tomllib.loads(arguments.run.read_text())
    torch.manual_seed(run["seed"])
    torch.set_num_threads(run["threads"])
    chance = random.Random(run["seed"])

    documents = {name: read(arguments.data / f"{name}.train.jsonl") for name in run["share"]}
    labels = count_labels(d for group in documents.values() for d in group)
    pieces = base_pieces()
    model = Model(labels.sizes(), run["dropout"])
    load_base(model, base_folder())
    optimizer = optimizer_of(model, run)
    path = arguments.out / f"{run['name']}.pt"
    arguments.out.mkdir(parents=True, exist_ok=True)
    minutes, step, state = 0.0, 0, {}
    if path.exists():
        state = torch.load(path, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        minutes, step = state["minutes"], state["step"]
        print(f"goes on from {path}: step {step}, {minutes:.1f} minutes", flush=True)
    elif arguments.from_weights:
        model, labels = load_weights(arguments.from_weights, run["dropout"], added=labels, anew=run.get("anew", ""))
        freeze(model, run.get("only", ""))
        optimizer = optimizer_of(model, run)

    sources = {name: Source(name, group, labels, pieces, run["seed"] + step) for name, group in documents.items()}
    supply = {name: source.batches(run["pieces_a_batch"]) for name, source in sources.items()}
    names, shares = list(run["share"]), list(run["share"].values())
    sums: defaultdict[str, list[float]] = defaultdict(list)
    model.train()
    mean = Mean(model, run["keep_mean"])
    mean.weights |= state.get("mean", {})
    saved, seen, began, cores, threads = minutes, 0, time.monotonic(), Cores(run["threads"]), 0
    while minutes < run["minutes"]:
        tick = time.monotonic()
        factor = shrink(minutes / run["minutes"], run["warm_up"])
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * max(factor, 1e-3)
        batch: Batch = next(supply[chance.choices(names, shares)[0]])
        batch = batch._replace(pieces=hide(batch.pieces, run["hidden"]))
        with torch.autocast("cpu", torch.bfloat16):
            parts = losses(model, batch)
        loss = torch.stack([run["weight"][name] * value for name, value in parts.items()]).sum()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        mean.add(model, step)
        threads += cores.settle() if step % 2 else torch.get_num_threads()
        seen += int((batch.pieces != 0).sum())
        for name, value in parts.items():
            sums[name].append(float(value.detach()))
        minutes += (time.monotonic() - tick) / 60
        if step % 50 == 0:
            told = " ".join(f"{name} {sum(x) / len(x):.3f}" for name, x in sorted(sums.items()))
            epochs = " ".join(f"{name} {source.epoch}" for name, source in sources.items())
            speed = seen / (time.monotonic() - began)
            pace = f"{speed:.0f} pieces/s  {threads / 50:.1f} threads"
            print(f"{minutes:6.1f} min  step {step}  {pace}  epochs: {epochs}  {told}", flush=True)
            sums.clear()
            threads, seen, began = 0, 0, time.monotonic()
        if minutes - saved >= run["save_every_minutes"]:
            save(path, model, mean, optimizer, labels, minutes, step)
            saved = minutes
    save(path, model, mean, optimizer, labels, minutes, step)


if __name__ == "__main__":
    main()
