"""What each corpus teaches: the losses of one batch, by head."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from batches import NONE, Batch, Links
from model import Biaffine, Model
from onrecord.encode.tags import forbidden


def crf_loss(emissions: Tensor, transitions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
    """Negative log-likelihood a word of a linear-chain CRF (Lafferty et al. 2001).

    emissions [B, W, T], transitions [T + 1, T + 1] (the last row and column are the ends), tags and mask [B, W].
    """
    longest = int(mask.sum(1).max())
    emissions, tags, mask = emissions[:, :longest].float(), tags[:, :longest], mask[:, :longest]
    b, count, size = emissions.shape
    rows = torch.arange(b)
    tags = tags.clamp(min=0)
    last = mask.sum(1) - 1
    inner = transitions[:size, :size]
    gold = (emissions.gather(2, tags.unsqueeze(-1)).squeeze(-1) * mask).sum(1)
    gold = gold + (inner[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]).sum(1)
    gold = gold + transitions[size, tags[:, 0]] + transitions[tags[rows, last], size]
    score = emissions[:, 0] + transitions[size, :size]
    steps = emissions.unbind(1)
    alive = mask.unsqueeze(-1).unbind(1)
    for w in range(1, count):
        step = torch.logsumexp(score.unsqueeze(2) + inner, 1) + steps[w]
        score = torch.where(alive[w], step, score)
    total = torch.logsumexp(score + transitions[:size, size], 1)
    return (total - gold).sum() / mask.sum()


def cross(logits: Tensor, labels: Tensor) -> Tensor:
    """Cross-entropy a labelled word; nothing where no word has a label."""
    if not (labels != NONE).any():
        return logits.sum() * 0.0
    return F.cross_entropy(logits.float().flatten(0, -2), labels.flatten(), ignore_index=NONE)


def means(x: Tensor, spans: list[tuple[int, int]]) -> Tensor:
    """x [W, size] -> the mean over each span [spans, size]."""
    return torch.stack([x[first:last].mean(0) for first, last in spans])


def link_loss(model: Model, x: Tensor, links: list[Links]) -> Tensor:
    """x [B, W, D]. Each content piece chooses its cue, each cue its source or none, among those of the window."""
    heads = model.heads
    losses: list[Tensor] = []
    ends = [(b.head(x), b.tail(x)) for b in (heads.link_content, heads.link_source)]
    for i, found in enumerate(links):
        if not found.cues:
            continue
        if found.contents:
            scores = span_scores(heads.link_content, ends[0][0][i], ends[0][1][i], found.cues, found.contents)
            losses.append(choice(scores.t(), found.cue_of))
        none = heads.no_source(means(ends[1][0][i], found.cues))
        if found.sources:
            scores = span_scores(heads.link_source, ends[1][0][i], ends[1][1][i], found.cues, found.sources)
            none = torch.cat((scores, none), 1)
        losses.append(choice(none, found.source_of))
    return torch.stack(losses).mean() if losses else x.sum() * 0.0


def span_scores(
    biaffine: Biaffine, head: Tensor, tail: Tensor, cues: list[tuple[int, int]], others: list[tuple[int, int]]
) -> Tensor:
    """head, tail [W, size] -> [cues, others]: the mean score of the pairs of their words."""
    return biaffine.score(means(head, cues).unsqueeze(0), means(tail, others).unsqueeze(0)).squeeze(0)


def choice(scores: Tensor, answers: list[int]) -> Tensor:
    """scores [rows, options]: cross-entropy of each row's choice."""
    return cross(scores, torch.tensor(answers))


def attribution_losses(model: Model, layers: list[Tensor], batch: Batch) -> dict[str, Tensor]:
    """PolNeAR: tags and links."""
    heads = model.heads
    x = heads.mix_attribution(layers)
    tags = batch.labels["attribution"]
    emissions = heads.attribution(heads.attribution_in(x))
    transitions = heads.transitions + FORBIDDEN
    return {
        "attribution": crf_loss(emissions, transitions, tags, batch.mask),
        "link": link_loss(model, x, batch.links),
    }


def syntax_losses(model: Model, layers: list[Tensor], batch: Batch) -> dict[str, Tensor]:
    """Parts of speech, lemmas, dependencies."""
    heads = model.heads
    x = heads.mix_syntax(layers)
    found = {name: cross(getattr(heads, name)(x), batch.labels[name]) for name in ("upos", "xpos", "lemma")}
    scores = heads.arc(x, x).float().transpose(1, 2)  # [B, tail, head]
    same = batch.sentence.unsqueeze(2) == batch.sentence.unsqueeze(1)
    gold = batch.labels["head"]
    found["arc"] = cross(scores.masked_fill(~same, -1e4), gold)
    at = gold.clamp(min=0)
    relations = torch.where(gold == NONE, NONE, batch.labels["relation"])
    head = torch.gather(x, 1, at.unsqueeze(-1).expand_as(x))
    found["relation"] = cross(heads.relation(head, x), relations)
    return found


def role_losses(model: Model, layers: list[Tensor], batch: Batch) -> dict[str, Tensor]:
    """PropBank: which words are predicates, and the roles of the words of their sentences."""
    heads = model.heads
    x = heads.mix_roles(layers)
    found = {"predicate": cross(heads.predicate(x), batch.labels["predicate"])}
    if batch.predicates:
        at = torch.tensor([b for b, _ in batch.predicates])
        places = torch.tensor([w for _, w in batch.predicates])
        inside = batch.sentence[at] == batch.sentence[at, places].unsqueeze(1)
        first, count = inside.int().argmax(1), inside.sum(1)
        offsets = torch.arange(-(-int(count.max()) // 16) * 16)
        logits = heads.role(heads.mix_frames(layers), at, places, first, count, offsets)
        words = (first[:, None] + offsets[None]).clamp(max=inside.shape[1] - 1)
        gold = torch.where(offsets[None] < count[:, None], batch.roles.gather(1, words), NONE)
        found["role"] = cross(logits, gold)
    return found


def mention_losses(model: Model, layers: list[Tensor], batch: Batch) -> dict[str, Tensor]:
    """GUM: the entity type that a word heads, and which earlier mention's head means the same."""
    heads = model.heads
    x = heads.mix_roles(layers)
    words = torch.arange(x.shape[1])
    later = words.unsqueeze(0) > words.unsqueeze(1)  # candidates after the word
    mentions = batch.labels["mention"] > 0
    barred = later | ~(mentions.unsqueeze(1) | torch.eye(x.shape[1], dtype=torch.bool))
    scores = heads.same(x, x).float().masked_fill(barred, -1e4)
    return {"mention": cross(heads.mention(x), batch.labels["mention"]), "same": cross(scores, batch.labels["same"])}


def cue_loss(model: Model, layers: list[Tensor], batch: Batch, cues: Tensor) -> Tensor:
    """Our own reports: what a word tells of talks; the sum over the cues, a word."""
    heads = model.heads
    bias = ((~batch.mask) * -1e4)[:, None, None, :]
    scores = heads.cues(heads.mix_cues(layers), bias).float()
    known = cues != NONE
    each = F.binary_cross_entropy_with_logits(scores, cues.clamp(min=0), reduction="none")
    return (each * known).sum() / known[..., 0].sum()


def losses(model: Model, batch: Batch) -> dict[str, Tensor]:
    """All losses that the batch's corpus has labels for."""
    layers = model.words(batch.pieces, batch.cases, batch.quotes, batch.first, batch.last)
    found: dict[str, Tensor] = {}
    if "attribution" in batch.labels:
        found |= attribution_losses(model, layers, batch)
    if "upos" in batch.labels:
        found |= syntax_losses(model, layers, batch)
    if "entity" in batch.labels:
        found["entity"] = cross(model.heads.entity(model.heads.mix_roles(layers)), batch.labels["entity"])
    if "predicate" in batch.labels:
        found |= role_losses(model, layers, batch)
    if "mention" in batch.labels:
        found |= mention_losses(model, layers, batch)
    if batch.cues is not None:
        found["cue"] = cue_loss(model, layers, batch, batch.cues)
    return found


def attribution_mask() -> Tensor:
    """The transitions that BIOES forbids, as scores to add."""
    from labels import ROLES
    from onrecord.encode.tags import tag_names

    return torch.from_numpy(forbidden(tag_names(ROLES), cut=True))


FORBIDDEN = attribution_mask()
