"""Put the weights that ship into a newly exported network whose other heads were held: they are the same to the bit.

python training/graft.py SHIPPED/model.onnx EXPORTED/model.onnx

A run that trains one head starts from weights kept in float16; exported anew, the others' figures would move a little.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import onnx


def main() -> None:
    """Write the exported file anew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shipped", type=Path)
    parser.add_argument("exported", type=Path)
    arguments = parser.parse_args()
    old, new = onnx.load(str(arguments.shipped)), onnx.load(str(arguments.exported))
    weights = {tensor.name: tensor for tensor in old.graph.initializer}
    places = {tensor.name: number for number, tensor in enumerate(new.graph.initializer)}
    nodes = {node.output[0]: node for node in new.graph.node}
    halves = [{node.output[0]: node.input[0] for node in one.graph.node if not node.name} for one in (old, new)]
    grafted: set[str] = set()
    for node in old.graph.node:
        if not node.name or not any(one in halves[0] or (one in weights and weights[one].dims) for one in node.input):
            continue  # a cast, which goes with what takes it, or nothing but a constant
        twin = nodes.get(node.output[0])
        if twin is None or twin.op_type != node.op_type or len(twin.input) != len(node.input):
            raise SystemExit(f"{arguments.exported}: has no node like {node.output[0]}; not the same network")
        for one, other in zip(node.input, twin.input, strict=True):
            one, other = halves[0].get(one, one), halves[1].get(other, other)  # float16, made float32 when loaded
            if (one in weights) != (other in places):
                raise SystemExit(f"{arguments.exported}: {node.name} takes other inputs; not the same network")
            if one in weights:
                tensor = new.graph.initializer[places[other]]
                if tensor.dims != weights[one].dims or tensor.data_type != weights[one].data_type:
                    raise SystemExit(f"{arguments.exported}: {other} is of another shape; not the same network")
                tensor.CopyFrom(weights[one])
                tensor.name = other
                grafted.add(other)
    onnx.save(new, str(arguments.exported))
    print(f"{len(grafted)} of {len(places)} weights are the shipped ones")


if __name__ == "__main__":
    main()
