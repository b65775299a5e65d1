"""One window through the encoder and all heads: the graph that is exported, and what evaluation runs in torch."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from labels import Labels
from model import Model
from onrecord.encode.attributions import Weighing
from onrecord.encode.encoder import read_settings
from onrecord.encode.network import OnnxNetwork
from onrecord.encode.outputs import Integers, Network, Outputs, longest
from onrecord.encode.windows import Window
from weights import load_weights


class Single(nn.Module):
    """P pieces and W words, no batch: five rows of ids and the words' sentence numbers in, `Outputs` out."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model

    def forward(
        self,
        pieces: Tensor,
        cases: Tensor,
        quotes: Tensor,
        heads: Tensor,
        tails: Tensor,
        units: Tensor,
        spoken: Tensor,
        offsets: Tensor,
    ) -> tuple[Tensor, ...]:
        """pieces, cases, quotes [P]; heads, tails, units, spoken [W]; offsets [S] -> the tensors of `Outputs`."""
        h = self.model.heads
        layers = self.model.single_words(pieces[None], cases[None], quotes[None], heads, tails)
        x = h.mix_attribution(layers)
        attribution = h.attribution(h.attribution_in(x))[0]
        cue = h.link_source.head(x)
        source_link = h.link_source.score(cue, h.link_source.tail(x))[0]
        no_source = h.no_source(cue)[0, :, 0]
        content_link = h.link_content(x, x)[0]
        y = h.mix_syntax(layers)
        arc = h.arc(y, y)[0].masked_fill(units[:, None] != units[None, :], -1e4)
        best = arc.argmax(0)
        relation = h.relation(y[:, best], y)[0].argmax(-1)
        z = h.mix_roles(layers)
        chance = h.predicate(z)[0]
        predicates = torch.nonzero((chance[:, 1] > chance[:, 0]) & (spoken > 0))[:, 0]
        unit = units[predicates][:, None]
        first, count = (units[None] < unit).sum(1), (units[None] == unit).sum(1)
        role = h.role(h.mix_frames(layers), torch.zeros_like(predicates), predicates, first, count, offsets)
        cue = torch.sigmoid(h.cues(h.mix_cues(layers), None)[0])
        return (
            attribution, source_link, no_source, content_link, h.entity(z)[0],
            h.upos(y)[0].argmax(-1), h.xpos(y)[0].argmax(-1), h.lemma(y)[0].argmax(-1),
            arc, relation, predicates, role, h.mention(z)[0], h.same(z, z)[0], cue,
        )  # fmt: skip


class Opened(NamedTuple):
    """A network that can read, and what decoding needs with it."""

    network: Network
    labels: Labels
    weighing: Weighing


def open_network(path: Path) -> Opened:
    """An exported folder (ONNX, int8), or a checkpoint or weights file (torch, decoding without adjustments)."""
    if path.is_dir():
        settings = read_settings(path / "labels.toml")
        labels = Labels(**{name: getattr(settings.labels, name) for name in Labels.__struct_fields__})
        return Opened(OnnxNetwork(path / "model.onnx"), labels, settings.weighing())
    model, labels = load_weights(path, 0.0)
    floor = np.zeros(len(labels.attribution), dtype=np.float32)
    weighing = Weighing(model.heads.transitions.detach().numpy(), floor, 0.0, -100.0)
    return Opened(TorchNetwork(model), labels, weighing)


class TorchNetwork:
    """The trained model as the runtime sees a network: a window in, `Outputs` out."""

    def __init__(self, model: Model) -> None:
        self.single = Single(model).eval()

    @torch.inference_mode()
    def read(self, window: Window, units: Integers, spoken: Integers) -> Outputs:
        """As `onrecord.encode.outputs.Network.read`."""
        rows = [torch.tensor(row) for row in window[2:]]
        found = self.single(
            *rows, torch.from_numpy(np.asarray(units)), torch.from_numpy(spoken), torch.arange(longest(units, spoken))
        )
        return Outputs(*(tensor.numpy() for tensor in found))
