"""Run the exported network with ONNX Runtime: one window in, its outputs out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime

from onrecord.encode.outputs import Integers, Outputs, longest
from onrecord.encode.windows import Window
from onrecord.errors import ModelError


class OnnxNetwork:
    """A session on one thread, so that sums are added in one order and the same text gives the same scores."""

    def __init__(self, path: Path, *, threads: int = 1) -> None:
        """Raises ModelError where the file is missing, damaged or not a network of this program's."""
        if not path.is_file():
            raise ModelError(f"{path}: the model is missing; install onrecord again")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's own errors share no narrower parent
            raise ModelError(f"{path}: the model is damaged ({error}); install onrecord again") from error
        names = tuple(output.name for output in self._session.get_outputs())
        if names != Outputs._fields:
            raise ModelError(f"{path}: the model is of another version: it gives {', '.join(names)}")

    def read(self, window: Window, units: Integers, spoken: Integers) -> Outputs:
        """The outputs of one window, as `Network.read` has it."""
        rows = {
            "pieces": window.pieces, "cases": window.cases, "quotes": window.quotes,
            "heads": window.heads, "tails": window.tails, "units": units, "spoken": spoken,
            "offsets": range(longest(units, spoken)),
        }  # fmt: skip
        return Outputs(*self._session.run(None, {name: np.asarray(row, dtype=np.int64) for name, row in rows.items()}))
