"""A checkpoint to the files that ship: model.onnx (int8), vocabulary.txt, labels.toml; and the parity of all forms.

python training/export.py CHECKPOINT src/onrecord/model/NAME --data PREPARED --run training/runs/main.toml
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
import tomllib
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from corpus import read
from fuse import fuse
from labels import Labels
from model import Embeddings, Model
from onrecord.encode.network import OnnxNetwork
from onrecord.encode.outputs import Outputs, gather, see
from single import Single, TorchNetwork
from vocabulary import base_pieces, base_vocabulary
from weights import load_weights

INPUTS = ("pieces", "cases", "quotes", "heads", "tails", "units", "spoken", "offsets")
_SPARED = tuple(f"/layers.{layer}/{name}/MatMul" for layer in range(3) for name in ("up", "down"))
"""Not made int8: the maps that lose the most by it, and whose loss all later layers suffer (LOG.md)."""

_TOLERANCE = 1e-3
"""Of torch against ONNX in float32: the largest difference of a score; they differ by the order of sums."""


class ByteEmbedding(nn.Module):
    """A frozen embedding as int8 rows, each with a scale of its own: a quarter of the size, and no row drowns."""

    rows: Tensor
    scales: Tensor

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scales = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", torch.round(weight / scales).to(torch.int8))
        self.register_buffer("scales", scales.to(torch.float16))

    def forward(self, ids: Tensor) -> Tensor:
        """ids [1, P] -> [1, P, D]."""
        return self.rows[ids].float() * self.scales[ids].float()


def shrink_embeddings(model: Model) -> None:
    """Put int8 rows in the place of the word embeddings."""
    assert isinstance(model.embeddings, Embeddings)
    model.embeddings.word = ByteEmbedding(model.embeddings.word.weight.detach())  # type: ignore[assignment]


def write_graph(model: Model, path: Path) -> None:
    """Trace the model on a made-up window and write it; pieces and words are of any number."""
    ids = [torch.randint(1000, 2000, (12,)), torch.zeros(12, dtype=torch.long), torch.zeros(12, dtype=torch.long)]
    words = torch.zeros(10, dtype=torch.long)
    places = [torch.arange(1, 11), torch.arange(1, 11), words, words + 1, torch.arange(10)]
    axes = {name: {0: "pieces" if name in INPUTS[:3] else "words"} for name in INPUTS} | {"offsets": {0: "longest"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Single(model).eval(), (*ids, *places), str(path), dynamo=False, opset_version=17,
            input_names=list(INPUTS), output_names=list(Outputs._fields), dynamic_axes=axes | output_axes(),
        )  # fmt: skip
    onnx.checker.check_model(str(path))


def quantize(plain: Path, small: Path) -> None:
    """Weights to int8, a scale for each output; those of `_SPARED` to float16, made float32 again when loaded."""
    quantize_dynamic(
        plain, small, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gemm"],
        nodes_to_exclude=list(_SPARED),
    )  # fmt: skip
    network = onnx.load(str(small))
    weights = {name for node in network.graph.node if node.name in _SPARED for name in node.input}
    for tensor in [tensor for tensor in network.graph.initializer if tensor.name in weights]:
        half = numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), f"{tensor.name}_half")
        cast = helper.make_node("Cast", [half.name], [tensor.name], to=onnx.TensorProto.FLOAT)
        network.graph.initializer.remove(tensor)
        network.graph.initializer.append(half)
        network.graph.node.insert(0, cast)
    onnx.save(network, str(small))


def output_axes() -> dict[str, dict[int, str]]:
    """The axes of the outputs that have no fixed size."""
    pairs = {"source_link", "content_link", "arc", "same"}
    axes = {name: {0: "words", 1: "words"} if name in pairs else {0: "words"} for name in Outputs._fields}
    return axes | {"predicates": {0: "predicates"}, "role": {0: "predicates", 1: "longest"}}


def write_vocabulary(path: Path) -> None:
    """vocabulary.txt: a piece a line, its id the number of the line."""
    vocabulary = base_vocabulary()
    path.write_text("".join(f"{piece}\n" for piece in sorted(vocabulary, key=vocabulary.__getitem__)), encoding="utf-8")


def write_labels(labels: Labels, model: Model, decoding: dict[str, float], path: Path, name: str) -> None:
    """labels.toml: the names of labels in the order of the outputs, and the scores that decoding needs."""
    transitions = model.heads.transitions.detach().numpy()
    floor = [decoding[tag[2:]] if tag[0] in "BS" else 0.0 for tag in labels.attribution]
    lines = [
        "# The labels of the heads in the order of the network's outputs, and what decoding adds to its scores.",
        f"name = {json.dumps(name)}",
        "",
        "# Added to the score of each attribution tag before decoding; chosen on PolNeAR dev, see CARD.md.",
        f"floor = {json.dumps(floor)}",
        "# Taken off a content's link to a cue for each paragraph between them; links under `least` are dropped.",
        f"apart = {decoding['apart']}",
        f"least = {decoding['least']}",
        "",
        "# From tag (row) to tag (column), learned; the last row and column are the ends of a text.",
        "transitions = [",
        *(f"  {json.dumps([round(float(x), 4) for x in row])}," for row in transitions),
        "]",
        "",
        "[labels]",
        *(f"{field} = {json.dumps(getattr(labels, field))}" for field in labels.__struct_fields__),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def compare(model: Model, plain: Path, small: Path, data: Path, count: int) -> None:
    """Print how far torch, ONNX and int8 are apart on the first `count` documents of PolNeAR dev."""
    pieces = base_pieces()
    forms = {"torch": TorchNetwork(model), "onnx": OnnxNetwork(plain), "int8": OnnxNetwork(small)}
    worst = {"onnx": 0.0, "int8": 0.0}
    same = {"onnx": 0, "int8": 0}
    total = 0
    for document in read(data / "polnear.dev.jsonl")[:count]:
        found = {
            name: gather(see(network, pieces, document.words, document.sentences, document.paragraphs), "attribution")
            for name, network in forms.items()
        }
        gold = found["torch"]
        total += len(gold)
        for name in worst:
            other = found[name]
            worst[name] = max(worst[name], float(np.abs(other - gold).max()))
            same[name] += int((other.argmax(1) == gold.argmax(1)).sum())
    for name in worst:
        share = 100 * same[name] / total
        print(f"{name} against torch: largest difference {worst[name]:.5f}, best tag the same {share:.2f} %")
    if worst["onnx"] > _TOLERANCE:
        raise SystemExit(f"the exported graph is not the model: {worst['onnx']} > {_TOLERANCE}")


def main() -> None:
    """Export one checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True, help="the run's TOML, for what decoding adds")
    parser.add_argument("--documents", type=int, default=20, help="how many to compare the forms on")
    arguments = parser.parse_args()
    logging.getLogger().setLevel(logging.ERROR)
    model, labels = load_weights(arguments.checkpoint, 0.0)
    shrink_embeddings(model)
    arguments.out.mkdir(parents=True, exist_ok=True)
    small = arguments.out / "model.onnx"
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        write_graph(model, plain)
        quantize(plain, small)
        fuse(small)
        write_vocabulary(arguments.out / "vocabulary.txt")
        decoding = tomllib.loads(arguments.run.read_text())["decoding"]
        write_labels(labels, model, decoding, arguments.out / "labels.toml", arguments.out.name)
        print(f"model.onnx {small.stat().st_size / 1e6:.1f} MB")
        compare(model, plain, small, arguments.data, arguments.documents)


if __name__ == "__main__":
    main()
