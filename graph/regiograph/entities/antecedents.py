"""What "the region", "the governor" and "it" refer to: heads, posts and salience.

The rules are those of Hobbs (1978) and Lappin and Leass (1994) in spirit: an antecedent agrees in type and number, and
of those that agree the most salient one wins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from regiograph.entities import agreement
from regiograph.entities.clusters import AREAS, Cluster
from regiograph.entities.salience import Focus
from regiograph.entities.vocabulary import classes
from regiograph.model import Article, Mention, Sentence, Span
from regiograph.terms import EntityType

_CLAUSE = re.compile(r"[.;!?\n]")
_ROLE_WINDOW = 80  # characters beside a name in which its post is looked for
_MOST_NAMES = 8  # names of one person looked at for it
_PLACE_YIELDS = 3  # a place is "it" where nothing else among this many is in focus
_REACH = 60  # clusters looked back upon


# For a description or pronoun: how likely it refers to what each earlier mention names; what is missing to 1 is new.
Links = Mapping[Span, Mapping[Span, float]]


class Antecedents:
    """Follows one article and answers which of its clusters a description or a pronoun refers to."""

    def __init__(
        self, article: Article, sentences: Sequence[Sentence], clusters: Sequence[Cluster], links: Links | None = None
    ) -> None:
        """Start from the clusters of named mentions; `links`, where given, go before the rules."""
        self._links = links
        self._text = article.text
        self._starts = [sentence.span.start for sentence in sentences]
        self._named = {span: cluster for cluster in clusters for span in cluster.spans}
        self._owner: dict[Span, Cluster] = {}
        self._recent: dict[int, Cluster] = {}
        self._focus = Focus(article.text)
        self._found = list(clusters)

    def follow(self, mentions: Sequence[Mention]) -> list[Cluster]:
        """Return all clusters, the mentions that are not names added to what they refer to.

        A description that refers to nothing begins a cluster where it says enough; other mentions are dropped.
        """
        for mention in mentions:
            cluster = self._named.get(mention.span) or self._referent(mention)
            if cluster is not None:
                self._owner[mention.span] = cluster
                self._recent.pop(id(cluster), None)
                self._recent[id(cluster)] = cluster
                if self._links is None:
                    self._focus.pass_by(cluster, mention.span, self._sentence(mention.span))
        return self._found

    def _referent(self, mention: Mention) -> Cluster | None:
        surface = self._text[mention.span.start : mention.span.end]
        if mention.kind == "name":
            return None
        if self._links is not None:
            found = self._linked(self._links.get(mention.span, {}))
        else:
            found = self._of_pronoun(mention, surface) if mention.kind == "pronoun" else self._of(mention, surface)
        if found is None and mention.kind == "description" and agreement.can_stand_alone(mention, surface):
            found = Cluster()
            self._found.append(found)
        if found is not None:
            found.add(mention, surface)
        return found

    def _linked(self, chances: Mapping[Span, float]) -> Cluster | None:
        """Return the cluster that its mentions together make likeliest, unless something new is likelier still."""
        total: dict[int, float] = {}
        known: dict[int, Cluster] = {}
        for span, chance in chances.items():
            if (cluster := self._owner.get(span)) is not None:
                total[id(cluster)] = total.get(id(cluster), 0.0) + chance
                known[id(cluster)] = cluster
        new = 1.0 - sum(chances.values())
        best = max(total, key=lambda i: (total[i], -known[i].first.start), default=None)
        return known[best] if best is not None and total[best] > new else None

    def _before(self) -> Iterator[Cluster]:
        """Yield the clusters mentioned so far, the most recent first."""
        return islice(reversed(self._recent.values()), _REACH)

    def _of(self, mention: Mention, surface: str) -> Cluster | None:
        if agreement.is_indefinite(surface):
            return None
        noun = agreement.head(surface)
        if mention.type is EntityType.PERSON:
            return self._holder(noun)
        peers = [c for c in self._before() if c.type is mention.type and agreement.agrees(c, surface)]
        if mention.type is EntityType.SECTOR:
            return next((c for c in peers if agreement.is_called(c, surface)), None)
        same = (c for c in peers if agreement.shares_head(c, noun) and agreement.same_level(c, surface))
        return next(same, None) or self._in_focus(mention, noun, peers)

    def _in_focus(self, mention: Mention, noun: str, peers: Sequence[Cluster]) -> Cluster | None:
        """Return the most salient of the peers if the noun can stand for any of them; of cities the last one."""
        if not agreement.is_generic_head(mention.type, noun):
            return None
        salient = () if mention.type is EntityType.CITY else self._focus.ranked(self._sentence(mention.span))
        return next((c for c in salient if c in peers), next(iter(peers), None))

    def _holder(self, post: str) -> Cluster | None:
        """Return the person whose name the post stands nearest to; any person for a description that names no post."""
        people = [c for c in self._before() if c.type is EntityType.PERSON]
        near = [(d, n) for n, person in enumerate(people) if (d := self._apart(person, post)) is not None]
        if near:
            return people[min(near)[1]]
        return people[0] if people and not classes(post) else None

    def _apart(self, person: Cluster, post: str) -> int | None:
        """Count the characters between one of the person's names and the post before it or in apposition after it."""
        found = []
        for span in person.spans[:_MOST_NAMES]:
            before = _CLAUSE.split(self._text[max(0, span.start - _ROLE_WINDOW) : span.start])[-1].lower()
            after = _CLAUSE.split(self._text[span.end : span.end + _ROLE_WINDOW])[0].lower()
            found += [len(before) - match.end() for match in re.finditer(rf"\b{re.escape(post)}\b", before)]
            if after.startswith(","):
                found += [match.start() for match in re.finditer(rf"\b{re.escape(post)}\b", after)]
        return min(found, default=None)

    def _of_pronoun(self, mention: Mention, surface: str) -> Cluster | None:
        word = surface.lower()
        if word in {"we", "us"}:
            return None
        fitting = [c for c in self._focus.ranked(self._sentence(mention.span)) if agreement.pronoun_fits(word, c)]
        return next((c for c in fitting[:_PLACE_YIELDS] if c.type not in AREAS), next(iter(fitting), None))

    def _sentence(self, span: Span) -> int:
        return bisect_right(self._starts, span.start)
