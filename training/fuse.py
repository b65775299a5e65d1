"""Store a network as ONNX Runtime fuses it when loading, so that it loads in half the time and gives the same scores.

python training/fuse.py src/onrecord/model/NAME/model.onnx

Constants are left as they are stored: folded, they would be float32 again and the file a quarter larger. What fits one
kind of processor only is left to loading, so that the file serves on all.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import onnxruntime


def fuse(path: Path) -> None:
    """Write the file anew."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.log_severity_level = 3
    with tempfile.TemporaryDirectory() as folder:
        fused = Path(folder) / path.name
        options.optimized_model_filepath = str(fused)
        onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=["ConstantFolding"]
        )
        path.write_bytes(fused.read_bytes())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    fuse(parser.parse_args().model)


if __name__ == "__main__":
    main()
