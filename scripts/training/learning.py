"""Training: batches of whole articles, one step over all heads."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from examples import IGNORED, Example, View
from torch import Tensor
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from network import Reader
from regiograph.claims.neural.words import FIRST, FLAGS, LAST, Words

_PLACES = [i for i, name in enumerate(FLAGS) if name[2:] in {"country", "demonym", "region", "city", "town"}]
_LOWER, _TITLE, _UPPER = (FLAGS.index(name) for name in ("lower", "title", "upper"))


@dataclass(frozen=True)
class Plan:
    """How long and how fast to learn; `batch` in word pieces."""

    epochs: int = 9
    batch: int = 1024
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    warm_up: float = 0.08
    tags: float = 1.0
    links: float = 0.3
    pairs: float = 1.0
    manners: float = 0.3
    smoothing: float = 0.05
    headlines: float = 0.15  # share of articles whose first line is set In Capitals
    forgotten: float = 0.1  # share of words whose place in the gazetteer is hidden
    memory: float = 0.995  # of the running mean of the weights, a step


@dataclass(frozen=True)
class Windows:
    """Windows of like length, padded: (B, T), (B, T) and (B, T, F)."""

    pieces: Tensor
    mask: Tensor
    flags: Tensor


def windows(articles: Sequence[Words], groups: int = 2) -> tuple[list[Windows], Tensor]:
    """Return the windows of articles in groups of like length, and where in their flattened states each word is."""
    cut = [(words, start, end) for words in articles for start, end in words.windows]
    lengths = [high - low + 2 for low, high in (words.pieces_of(start, end) for words, start, end in cut)]
    order = sorted(range(len(cut)), key=lambda i: (lengths[i], i))
    places: list[np.ndarray] = [np.zeros(0, dtype=np.int64)] * len(cut)
    found, begin = [], 0
    for part in np.array_split(order, groups):
        longest = max((lengths[i] for i in part), default=0)
        pieces = np.zeros((len(part), longest), dtype=np.int64)
        mask = np.zeros((len(part), longest), dtype=np.int64)
        flags = np.zeros((len(part), longest, len(FLAGS)), dtype=np.float32)
        for row, i in enumerate(part):
            words, start, end = cut[i]
            low, high = words.pieces_of(start, end)
            pieces[row, : lengths[i]] = [FIRST, *words.pieces[low:high], LAST]
            mask[row, : lengths[i]] = 1
            flags[row, 1 : lengths[i] - 1] = words.flags[words.word[low:high]]
            places[i] = words.first[start:end] - low + 1 + begin + row * longest
        begin += pieces.size
        if len(part):
            found.append(Windows(*(torch.from_numpy(x) for x in (pieces, mask, flags))))
    return found, torch.from_numpy(np.concatenate(places))


def states(model: Reader, articles: Sequence[Words]) -> list[Tensor]:
    """Return the word states of each article, (W, hidden)."""
    groups, at = windows(articles)
    read = [model.encoder(group.pieces, group.mask, group.flags) for group in groups]
    flat = torch.cat([x.reshape(-1, x.shape[-1]) for x in read])[at].float()
    return list(torch.split(flat, [len(words.tokens) for words in articles]))


def losses(model: Reader, batch: Sequence[Example], plan: Plan) -> dict[str, Tensor]:
    """Return the loss of each head over a batch."""
    read = states(model, [e.words for e in batch])
    tags = model.tagger(torch.cat(read), torch.from_numpy(np.concatenate([e.words.flags for e in batch])))
    gold = torch.from_numpy(np.concatenate([e.tags for e in batch]))
    found = {"tags": functional.cross_entropy(tags.float(), gold, label_smoothing=plan.smoothing)}
    links, pairs, manners, counts = [], [], [], [0.0, 0.0, 0.0]
    for example, own in zip(batch, read, strict=True):
        for view in example.views:
            if not len(view.spans):
                continue
            marks = model.marks(own, *(torch.from_numpy(x) for x in (view.spans, view.kinds, view.forms)))
            if len(view.link_mention):
                links.append(_link_loss(model, marks, view))
                counts[0] += len(view.link_mention)
            if len(view.pair_marks):
                a, b = _pair_losses(model, own, marks, view)
                pairs.append(a)
                manners.append(b)
                counts[1] += float((view.labels != IGNORED).any(1).sum())
                counts[2] += float((view.manners[:, 0] != IGNORED).sum())
    for name, rows, count in zip(("links", "pairs", "manners"), (links, pairs, manners), counts, strict=True):
        found[name] = torch.stack(rows).sum() / max(count, 1.0) if rows else torch.zeros(())
    return found


def _link_loss(model: Reader, marks: Tensor, view: View) -> Tensor:
    """Sum over mentions of -log of the chance of a right antecedent, or of none where there is none."""
    rows = torch.from_numpy(view.link_before)
    mention = torch.from_numpy(view.link_mention)
    scores, new = model.linker(marks, mention[rows[:, 0]], rows[:, 1], torch.from_numpy(view.link_traits))
    scores, new = scores.float(), new.float()
    total = len(view.link_mention)
    table = torch.full((total, int(np.bincount(view.link_before[:, 0], minlength=1).max(initial=0)) + 1), -1e4)
    column = np.concatenate([np.arange(n) for n in np.bincount(view.link_before[:, 0], minlength=total)] or [[]])
    table = table.index_put((rows[:, 0], torch.from_numpy(column.astype(np.int64)) + 1), scores)
    table[:, 0] = new[mention]
    right = torch.zeros(table.shape, dtype=torch.bool)
    right[rows[:, 0], torch.from_numpy(column.astype(np.int64)) + 1] = torch.from_numpy(view.link_right)
    right[:, 0] = ~right.any(1)
    return (torch.logsumexp(table, 1) - torch.logsumexp(table.masked_fill(~right, -1e4), 1)).sum()


def _pair_losses(model: Reader, own: Tensor, marks: Tensor, view: View) -> tuple[Tensor, Tensor]:
    scores = model.relater(
        *model.relater.ends(marks),
        *model.relater.sought(own),
        *(torch.from_numpy(x) for x in (view.spans, view.pair_marks, view.pair_words, view.pair_traits)),
    )
    labels = torch.from_numpy(np.concatenate([view.labels, view.manners], 1).astype(np.float32))
    counted = (labels != IGNORED).float()
    each = (
        functional.binary_cross_entropy_with_logits(scores.float(), labels.clamp(min=0.0), reduction="none") * counted
    )
    cut = view.labels.shape[1]
    return each[:, :cut].sum(), each[:, cut:].sum()


def varied(words: Words, plan: Plan, chance: np.random.Generator) -> Words:
    """Return words some of which the gazetteer does not know, and some of whose first lines are headlines."""
    flags = words.flags.copy()
    flags[np.ix_(chance.random(len(flags)) < plan.forgotten, _PLACES)] = 0
    if words.rows and chance.random() < plan.headlines:
        start, end = words.rows[0]
        lower = flags[start:end, _LOWER] == 1
        long = np.array([len(token.text) > 3 for token in words.tokens[start:end]], dtype=bool)
        raised = _UPPER if chance.random() < 0.25 else _TITLE
        changed = lower & (long | (raised == _UPPER))
        flags[start:end, _LOWER][changed] = 0
        flags[start:end, raised][changed] = 1
    return replace(words, flags=flags)


def batches(examples: Sequence[Example], size: int, order: np.random.Generator) -> Iterator[list[Example]]:
    """Yield the examples in a new order, as many at a time as fit into `size` word pieces."""
    batch: list[Example] = []
    for i in order.permutation(len(examples)):
        if batch and sum(len(e.words.pieces) for e in batch) + len(examples[i].words.pieces) > size:
            yield batch
            batch = []
        batch.append(examples[i])
    if batch:
        yield batch


def learn(
    model: Reader,
    examples: Sequence[Example],
    plan: Plan,
    seed: int,
    after: Callable[[int, Reader], None] = lambda *_: None,
) -> None:
    """Fit the model, calling `after` with each epoch and the running mean of the weights, which are the result.

    The same seed gives the same weights on the same machine and libraries.
    """
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    groups = []
    for rate, own in ((plan.encoder_rate, "encoder.bert"), (plan.head_rate, "")):
        mine = [
            (n, p) for n, p in model.named_parameters() if p.requires_grad and n.startswith("encoder.bert") == bool(own)
        ]
        groups.append({"params": [p for _, p in mine if p.ndim > 1], "lr": rate, "weight_decay": plan.decay})
        groups.append({"params": [p for _, p in mine if p.ndim < 2], "lr": rate, "weight_decay": 0.0})
    optimiser = torch.optim.AdamW(groups, fused=True)
    steps = plan.epochs * sum(1 for _ in batches(examples, plan.batch, np.random.default_rng(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda s: min((s + 1) / max(1, plan.warm_up * steps), max(0.02, (steps - s) / (steps * (1 - plan.warm_up)))),
    )
    mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(plan.memory))
    begun = time.monotonic()
    for epoch in range(plan.epochs):
        model.train()
        sums: dict[str, float] = {}
        for batch in batches(examples, plan.batch, order):
            batch = [replace(e, words=varied(e.words, plan, order)) for e in batch]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                found = losses(model, batch, plan)
                total = sum(getattr(plan, name) * value for name, value in found.items())
            optimiser.zero_grad(set_to_none=True)
            total.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            mean.update_parameters(model)
            for name, value in found.items():
                sums[name] = sums.get(name, 0.0) + float(value.detach())
        count = max(1, steps // plan.epochs)
        print(
            f"epoch {epoch + 1:2} {time.monotonic() - begun:6.0f} s ",
            *(f"{name} {value / count:.3f}" for name, value in sums.items()),
            flush=True,
        )
        after(epoch, mean.module.eval())
    model.load_state_dict(mean.module.state_dict())
    assert math.isfinite(sum(sums.values()))
