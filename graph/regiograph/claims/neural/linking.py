"""What descriptions and pronouns refer to: the chances of the mentions before them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regiograph.claims.neural.marks import Told, marks
from regiograph.claims.neural.network import Network
from regiograph.claims.neural.traits import REACH, Named, named, of_links
from regiograph.claims.neural.words import Floats, Words
from regiograph.entities.antecedents import Links
from regiograph.model import Article, Mention, Sentence, Span

_BLOCK = 64  # mentions scored in one call


def links(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    words: Words,
    states: Floats,
    network: Network,
) -> Links:
    """Return for each mention that is no name the chances of the `REACH` mentions before it."""
    known = [m for m in mentions if words.within(*m.span)]
    referring = [i for i, m in enumerate(known) if m.kind != "name"]
    found: dict[Span, dict[Span, float]] = {}
    if referring:
        starts = [s.span.start for s in sentences]
        told = [named(article.text, m, starts) for m in known]
        vectors = network.vectors(states, marks(words, [Told(m.span, m.type.value) for m in known]))
        for at in range(0, len(referring), _BLOCK):
            found |= _block(known, told, referring[at : at + _BLOCK], vectors, network)
    return found


def _block(
    known: Sequence[Mention],
    told: Sequence[Named],
    referring: Sequence[int],
    vectors: Floats,
    network: Network,
) -> dict[Span, dict[Span, float]]:
    first = max(0, referring[0] - REACH)
    lows = [max(0, i - REACH) for i in referring]
    before = [(i - first, j - first) for i, start in zip(referring, lows, strict=True) for j in range(start, i)]
    mention, other = np.array(before, dtype=np.int64).reshape(-1, 2).T
    traits = [of_links(told[i], told[start:i]) for i, start in zip(referring, lows, strict=True)]
    scores, new = network.links(vectors[first : referring[-1] + 1], mention, other, np.concatenate(traits))
    found: dict[Span, dict[Span, float]] = {}
    at = 0
    for i, start in zip(referring, lows, strict=True):
        own = np.append(scores[at : at + i - start], new[i - first]).astype(np.float64)
        at += i - start
        chances = np.exp(own - own.max())
        chances /= chances.sum()
        found[known[i].span] = {known[j].span: c for j, c in zip(range(start, i), chances.tolist(), strict=False)}
    return found
