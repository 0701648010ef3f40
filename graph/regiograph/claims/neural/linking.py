"""What descriptions and pronouns refer to: the chances of the mentions before them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regiograph.claims.neural.marks import Told, marks
from regiograph.claims.neural.network import Network
from regiograph.claims.neural.traits import REACH, of_links
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
    starts = [s.span.start for s in sentences]
    told = marks(words, [Told(m.span, m.type.value, m.kind) for m in mentions])
    known = [m for m in mentions if m.span in told.place]
    referring = [i for i, m in enumerate(known) if m.kind != "name"]
    found: dict[Span, dict[Span, float]] = {}
    for at in range(0, len(referring), _BLOCK):
        block = referring[at : at + _BLOCK]
        before = [(i, j) for i in block for j in range(max(0, i - REACH), i)]
        lows = [max(0, i - REACH) for i in block]
        traits = [of_links(article.text, known[i], known[low:i], starts) for i, low in zip(block, lows, strict=True)]
        a, b = (np.array(x, dtype=np.int64) for x in zip(*before, strict=True)) if before else (np.zeros(0, int),) * 2
        scores, new = network.links(states, told.spans, told.kinds, told.forms, a, b, np.concatenate(traits))
        start = 0
        for i, low in zip(block, lows, strict=True):
            own = np.append(scores[start : start + i - low], new[i]).astype(np.float64)
            start += i - low
            chances = np.exp(own - own.max())
            chances /= chances.sum()
            found[known[i].span] = {known[j].span: float(c) for j, c in zip(range(low, i), chances, strict=False)}
    return found
