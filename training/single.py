"""One window through the encoder and all heads: the graph that is exported, and what evaluation runs in torch."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import torch
from torch import Tensor, nn

from labels import Labels
from model import Model
from onrecord.encode.outputs import Integers, Outputs
from onrecord.encode.windows import Window


class Single(nn.Module):
    """P pieces and W words, no batch: five rows of ids and the words' sentence numbers in, `Outputs` out."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, pieces: Tensor, cases: Tensor, quotes: Tensor, heads: Tensor, tails: Tensor, units: Tensor
    ) -> tuple[Tensor, ...]:
        """pieces, cases, quotes [P]; heads, tails, units [W] -> the tensors of `Outputs` in their order."""
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
        predicates = torch.nonzero(chance[:, 1] > chance[:, 0])[:, 0]
        role = h.role.score(h.role.head(z[:, predicates]), h.role.tail(z))[0]
        return (
            attribution, source_link, no_source, content_link, h.entity(z)[0],
            h.upos(y)[0].argmax(-1), h.xpos(y)[0].argmax(-1), h.lemma(y)[0].argmax(-1),
            arc, relation, predicates, role, h.mention(z)[0], h.same(z, z)[0],
        )  # fmt: skip


class TorchNetwork:
    """The trained model as the runtime sees a network: a window in, `Outputs` out."""

    def __init__(self, model: Model) -> None:
        self.single = Single(model).eval()

    @torch.inference_mode()
    def read(self, window: Window, units: Integers) -> Outputs:
        """`units` [W]: the number of each word's sentence."""
        rows = [torch.tensor(row) for row in window[2:]]
        found = self.single(*rows, torch.from_numpy(np.asarray(units)))
        return Outputs(*(tensor.numpy() for tensor in found))


def load(path: Path) -> tuple[Model, Labels]:
    """A checkpoint's model and labels."""
    state = torch.load(path, weights_only=True)
    labels = msgspec.convert(state["labels"], Labels)
    model = Model(labels.sizes(), 0.0)
    model.load_state_dict(state["model"])
    return model.eval(), labels
