"""Weights that a later run can start from: float16, without the word embeddings, which are MiniLM's own and frozen.

python training/weights.py CHECKPOINT training/weights/main.safetensors
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec
import torch
from safetensors import safe_open
from safetensors.torch import save_file

from labels import Labels
from model import Model, base_folder, load_base

_FROZEN = "embeddings.word.weight"


def save_weights(state: dict[str, torch.Tensor], labels: Labels, path: Path) -> None:
    """Write a model's state and its labels."""
    small = {name: value.to(torch.float16).contiguous() for name, value in state.items() if name != _FROZEN}
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(small, path, metadata={"labels": msgspec.json.encode(labels).decode()})


def read_weights(path: Path) -> tuple[dict[str, torch.Tensor], Labels]:
    """A state without word embeddings, in float32, and its labels."""
    with safe_open(path, "pt") as file:
        labels = msgspec.json.decode(file.metadata()["labels"], type=Labels)
        return {name: file.get_tensor(name).float() for name in file.keys()}, labels  # noqa: SIM118 (no mapping)


def load_weights(path: Path, dropout: float, *, added: Labels | None = None, anew: str = "") -> tuple[Model, Labels]:
    """The model of a weights file or of a checkpoint, there the mean of its last steps.

    With the labels of the corpora to come, heads that the file lacks begin anew with these, and so do the labels of the
    kind `anew` and their heads; else it raises SystemExit.
    """
    if path.suffix == ".safetensors":
        state, labels = read_weights(path)
    else:
        checkpoint = torch.load(path, weights_only=True)
        state, labels = checkpoint["model"] | checkpoint.get("mean", {}), msgspec.convert(checkpoint["labels"], Labels)
    if anew:
        state = {name: value for name, value in state.items() if not name.startswith(_heads_of(anew))}
        labels = msgspec.structs.replace(labels, **{anew: []})
    if added is not None:
        new = {name: getattr(added, name) for name in Labels.__struct_fields__ if not getattr(labels, name)}
        labels = msgspec.structs.replace(labels, **new)
    model = Model(labels.sizes(), dropout)
    load_base(model, base_folder())
    missing, unknown = model.load_state_dict(state, strict=False)
    begun = sorted({".".join(name.split(".")[:2]) for name in {*missing, *unknown} - {_FROZEN}})
    if begun and not (added is not None and all(name.startswith("heads.") for name in begun)):
        raise SystemExit(f"{path}: not this model's weights: {', '.join(begun)}")
    if begun:
        print(f"begun anew: {', '.join(begun)}", flush=True)
    return model, labels


def _heads_of(kind: str) -> tuple[str, ...]:
    """How the names of the weights of a kind of labels begin."""
    return f"heads.{kind}s.", f"heads.mix_{kind}s."


def main() -> None:
    """Turn a checkpoint into a weights file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    model, labels = load_weights(arguments.checkpoint, 0.0)
    save_weights(model.state_dict(), labels, arguments.out)
    print(f"{arguments.out}: {arguments.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
