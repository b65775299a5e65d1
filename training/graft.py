"""Put what ships into a newly exported model whose other heads were held: its outputs are then the same to the bit.

python training/graft.py SHIPPED EXPORTED [--anew cue]

A run that trains one head starts from weights kept in float16; exported anew, the others' figures would move a little,
and so would the transitions in labels.toml. Labels that only the export has are kept, and so are the labels and the
heads of the kind that the run began anew.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from pathlib import Path

import onnx


def main() -> None:
    """Write the exported file anew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shipped", type=Path, help="folder of the model that ships")
    parser.add_argument("exported", type=Path, help="folder of the new one, which is written anew")
    parser.add_argument("--anew", default="", metavar="KIND", help="the kind of labels whose heads were trained anew")
    arguments = parser.parse_args()
    graft_labels(arguments.shipped / "labels.toml", arguments.exported / "labels.toml", arguments.anew)
    graft_weights(arguments.shipped / "model.onnx", arguments.exported / "model.onnx", arguments.anew)


def graft_labels(shipped: Path, exported: Path, anew: str) -> None:
    """The shipped labels and settings, and the sets of labels that only the export has or that were begun anew."""
    lines = shipped.read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(line for line in lines if not anew or not line.startswith(f"{anew} = "))
    known, found = (tomllib.loads(path.read_text(encoding="utf-8"))["labels"] for path in (shipped, exported))
    added = "".join(
        f"{name} = {json.dumps(labels)}\n" for name, labels in found.items() if name == anew or name not in known
    )
    exported.write_text(text + added, encoding="utf-8")


def graft_weights(shipped: Path, exported: Path, anew: str) -> None:
    """The shipped weights. Raises SystemExit where the export is not the same network with something added."""
    own = (f"/{anew}s/", f"/mix_{anew}s/") if anew else ()
    old, new = onnx.load(str(shipped)), onnx.load(str(exported))
    weights = {tensor.name: tensor for tensor in old.graph.initializer}
    places = {tensor.name: number for number, tensor in enumerate(new.graph.initializer)}
    nodes = {node.output[0]: node for node in new.graph.node}
    halves = [{node.output[0]: node.input[0] for node in one.graph.node if not node.name} for one in (old, new)]
    grafted: set[str] = set()
    for node in old.graph.node:
        if not node.name or not any(one in halves[0] or (one in weights and weights[one].dims) for one in node.input):
            continue  # a cast, which goes with what takes it, or nothing but a constant
        if own and node.output[0].startswith(own):
            continue
        twin = nodes.get(node.output[0])
        if twin is None or twin.op_type != node.op_type or len(twin.input) != len(node.input):
            raise SystemExit(f"{exported}: has no node like {node.output[0]}; not the same network")
        for one, other in zip(node.input, twin.input, strict=True):
            one, other = halves[0].get(one, one), halves[1].get(other, other)  # float16, made float32 when loaded
            if (one in weights) != (other in places):
                raise SystemExit(f"{exported}: {node.name} takes other inputs; not the same network")
            if one in weights:
                tensor = new.graph.initializer[places[other]]
                if tensor.dims != weights[one].dims or tensor.data_type != weights[one].data_type:
                    raise SystemExit(f"{exported}: {other} is of another shape; not the same network")
                tensor.CopyFrom(weights[one])
                tensor.name = other
                grafted.add(other)
    onnx.save(new, str(exported))
    print(f"{len(grafted)} of {len(places)} weights are the shipped ones")


if __name__ == "__main__":
    main()
