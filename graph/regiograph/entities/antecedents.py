"""What "the region", "the governor" and "it" refer to: heads, posts and salience.

The rules are those of Hobbs (1978) and Lappin and Leass (1994) in spirit: an antecedent agrees in type and number, and
of those that agree the most recent one wins, subjects before others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from regiograph.entities.clusters import Cluster
from regiograph.entities.vocabulary import classes
from regiograph.model import Article, Mention, Sentence, Span
from regiograph.terms import EntityType

_DEFINITE = re.compile(r"(?:the|this|that|these|those|said|its|their|his|her|our)\s", re.IGNORECASE)
_INDEFINITE = re.compile(
    r"(?:an?|another|some|two|three|four|five|six|seven|eight|nine|ten|several|one|\d+)\s", re.IGNORECASE
)
_POSTMODIFIER = re.compile(
    r"\s(?:of|in|for|at|on|from|to|with|by|near|and|under|between|that|which|called|worth)\s.*", re.DOTALL
)
_ROLE_WINDOW = 80
_MALE = re.compile(r"\b(?:Mr|Sheikh|Sir|Herr|Lord|Datuk)\b\.?|(?:ov|ev|yov|sky|skiy|skyi|tsky|ich|enko)$")
_FEMALE = re.compile(r"\b(?:Ms|Mrs|Miss|Frau|Madam|Lady|Dame)\b\.?|(?:ova|eva|yova|skaya|ska|cka|ina|ovna|evna)$")
_GENERIC = {
    EntityType.COMPANY: frozenset(
        "company firm enterprise investor concern holding group corporation manufacturer".split()
    ),
    EntityType.REGION: frozenset(
        "region province state county prefecture oblast district territory republic krai area".split()
    ),
    EntityType.CITY: frozenset("city town village settlement capital municipality port".split()),
    EntityType.COUNTRY: frozenset("country nation republic kingdom state".split()),
    EntityType.SITE: frozenset("zone park site estate technopark sez fez area hub".split()),
    EntityType.NETWORK: frozenset(
        "network association union alliance league organisation organization federation".split()
    ),
    EntityType.ORGANIZATION: frozenset(
        "delegation organisation organization guests visitors mission chamber bank fund".split()
    ),
    EntityType.GOVERNMENT_BODY: frozenset(
        "government administration authority agency ministry council committee".split()
    ),
    EntityType.PROJECT: frozenset("project plant factory facility line mill works object enterprise scheme".split()),
    EntityType.EVENT: frozenset("event meeting forum visit trip conference talks exhibition".split()),
}
_STANDALONE = frozenset(
    {EntityType.PROJECT, EntityType.SITE, EntityType.EVENT, EntityType.ORGANIZATION, EntityType.GOVERNMENT_BODY}
    | {EntityType.NETWORK, EntityType.SECTOR}
)


class Antecedents:
    """Answers, for one article, which of its clusters a description or a pronoun refers to."""

    def __init__(self, article: Article, sentences: Sequence[Sentence], clusters: list[Cluster]) -> None:
        """Start from the clusters of named mentions; `clusters` grows by what is only described."""
        self._text = article.text
        self._starts = [sentence.span.start for sentence in sentences]
        self.clusters = clusters

    def resolve(self, mention: Mention) -> None:
        """Add the mention to the cluster that it refers to, or to one of its own; drop it where neither makes sense."""
        surface = self._text[mention.span.start : mention.span.end]
        found = self._of_pronoun(mention, surface) if mention.kind == "pronoun" else self._of(mention, surface)
        if found is None and mention.kind == "description" and _can_stand_alone(mention, surface):
            found = Cluster()
            self.clusters.append(found)
        if found is not None:
            found.add(mention, surface)

    def _of(self, mention: Mention, surface: str) -> Cluster | None:
        if _INDEFINITE.match(surface):
            return None
        noun = head(surface)
        if mention.type is EntityType.PERSON:
            return self._holder(mention, noun)
        peers = [c for c in self._before(mention.span) if c.type is mention.type]
        same = [c for c in peers if noun in _heads(c)]
        if same:
            return same[0]
        return next(iter(peers), None) if noun in _GENERIC.get(mention.type, ()) else None

    def _holder(self, mention: Mention, post: str) -> Cluster | None:
        people = [c for c in self._before(mention.span) if c.type is EntityType.PERSON]
        return next((c for c in people if self._holds(c, post)), people[0] if people and not classes(post) else None)

    def _holds(self, person: Cluster, post: str) -> bool:
        """Whether the post is said right before or after one of the person's names."""
        for span in person.spans:
            around = (
                self._text[max(0, span.start - _ROLE_WINDOW) : span.start],
                self._text[span.end : span.end + _ROLE_WINDOW],
            )
            before = re.split(r"[.;!?\n]", around[0])[-1]
            after = re.split(r"[.;!?\n]", around[1])[0]
            if post in before.lower().split() or (
                after.startswith(",") and re.search(rf"\b{re.escape(post)}\b", after.lower())
            ):
                return True
        return False

    def _before(self, span: Span) -> list[Cluster]:
        """Return the clusters with a mention before the span, the most recently mentioned first."""
        last = {id(c): max((s for s in c.spans if s.end <= span.start), default=None) for c in self.clusters}
        known = [(at, c) for c in self.clusters if (at := last[id(c)]) is not None]
        return [c for _, c in sorted(known, key=lambda pair: pair[0], reverse=True)]

    def _of_pronoun(self, mention: Mention, surface: str) -> Cluster | None:
        word = surface.lower()
        recent = [c for c in self._before(mention.span) if self._distance(c, mention.span) <= 2]
        if mention.type is EntityType.PERSON:
            people = [c for c in recent if c.type is EntityType.PERSON]
            agreeing = [c for c in people if _gender(c) in {None, _PRONOUN_GENDER.get(word)} or word == "i"]
            return agreeing[0] if agreeing else None
        if word in {"we", "us"}:
            return None
        wanted = _PLURAL if word in {"they", "them"} else _SINGULAR
        return next((c for c in recent if c.type in wanted), None)

    def _distance(self, cluster: Cluster, span: Span) -> int:
        last = max(s for s in cluster.spans if s.end <= span.start)
        return sum(last.start < start <= span.start for start in self._starts)


_PRONOUN_GENDER = {"he": "m", "him": "m", "she": "f", "her": "f"}
_PLURAL = frozenset({EntityType.ORGANIZATION, EntityType.COMPANY, EntityType.NETWORK})
_SINGULAR = frozenset(EntityType) - {EntityType.PERSON, EntityType.SECTOR, EntityType.EVENT, EntityType.COUNTRY}


def head(surface: str) -> str:
    """Return the head noun of a description, lower case: "the regional government of X" gives "government"."""
    core = _POSTMODIFIER.sub("", " " + surface.strip()).strip() or surface
    found = re.findall(r"[^\W_]+(?:-[^\W_]+)*", core.lower())
    return found[-1] if found else surface.lower()


def _heads(cluster: Cluster) -> set[str]:
    surfaces = [*cluster.names, *cluster.descriptions]
    found = {head(s) for s in surfaces} | {w for s in cluster.names for w in re.findall(r"[^\W_]+", s.lower())}
    return found | {_SYNONYMS[w] for w in found if w in _SYNONYMS}


_SYNONYMS = {"sez": "zone", "fez": "zone", "ftz": "zone", "zone": "sez", "firm": "company", "factory": "plant"}


def _gender(person: Cluster) -> str | None:
    male = any(_MALE.search(name) for name in person.names)
    female = any(_FEMALE.search(name) for name in person.names)
    return None if male == female else "m" if male else "f"


def _can_stand_alone(mention: Mention, surface: str) -> bool:
    """Whether a description without antecedent is worth an entity: it must say more than its head, or be indefinite."""
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", surface)
    said = len(words) - bool(_DEFINITE.match(surface) or _INDEFINITE.match(surface))
    if mention.type is EntityType.SECTOR:
        return True
    return mention.type in _STANDALONE and (
        said > 1 or (bool(_INDEFINITE.match(surface)) and mention.type is EntityType.PROJECT)
    )
