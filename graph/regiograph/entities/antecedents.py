"""What "the region", "the governor" and "it" refer to: heads, posts and salience.

The rules are those of Hobbs (1978) and Lappin and Leass (1994) in spirit: an antecedent agrees in type and number, and
of those that agree the most recent one wins, subjects before others.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from regiograph.entities.clusters import AREAS, Cluster
from regiograph.entities.names import words
from regiograph.entities.salience import Focus
from regiograph.entities.vocabulary import classes
from regiograph.model import Article, Mention, Sentence, Span
from regiograph.terms import EntityType

_DEFINITE = re.compile(r"(?:the|this|that|these|those|said|its|their|his|her|our)\s", re.IGNORECASE)
_INDEFINITE = re.compile(
    r"(?:an?|another|some|each|both|two|three|four|five|six|seven|eight|nine|ten|several|one|\d+)\s", re.IGNORECASE
)
_POSTMODIFIER = re.compile(
    r"\s(?:of|in|for|at|on|from|to|with|by|near|and|under|between|that|which|called|worth)\s.*", re.DOTALL
)
_CLAUSE = re.compile(r"[.;!?\n]")
_ROLE_WINDOW = 80  # characters beside a name in which its post is looked for
_MOST_NAMES = 50
_PLACE_YIELDS = 3  # a place is "it" where nothing else among this many is in focus
_REACH = 200  # clusters looked back upon
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
    """Follows one article and answers which of its clusters a description or a pronoun refers to."""

    def __init__(self, article: Article, sentences: Sequence[Sentence], clusters: Sequence[Cluster]) -> None:
        """Start from the clusters of named mentions."""
        self._text = article.text
        self._starts = [sentence.span.start for sentence in sentences]
        self._named = {span: cluster for cluster in clusters for span in cluster.spans}
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
                self._recent.pop(id(cluster), None)
                self._recent[id(cluster)] = cluster
                self._focus.pass_by(cluster, mention.span, self._sentence(mention.span))
        return self._found

    def _referent(self, mention: Mention) -> Cluster | None:
        surface = self._text[mention.span.start : mention.span.end]
        if mention.kind == "name":
            return None
        found = self._of_pronoun(mention, surface) if mention.kind == "pronoun" else self._of(mention, surface)
        if found is None and mention.kind == "description" and _can_stand_alone(mention, surface):
            found = Cluster()
            self._found.append(found)
        if found is not None:
            found.add(mention, surface)
        return found

    def _before(self) -> Iterator[Cluster]:
        """Yield the clusters mentioned so far, the most recent first."""
        return islice(reversed(self._recent.values()), _REACH)

    def _of(self, mention: Mention, surface: str) -> Cluster | None:
        if _INDEFINITE.match(surface):
            return None
        noun = head(surface)
        if mention.type is EntityType.PERSON:
            return self._holder(noun)
        peers = [c for c in self._before() if c.type is mention.type and _agrees(c, surface)]
        if mention.type is EntityType.SECTOR:
            return next((c for c in peers if words(surface) in {words(s) for s in (*c.names, *c.descriptions)}), None)
        same = next((c for c in peers if noun in _heads(c) and _same_level(c, surface)), None)
        if same or not _is_generic_head(mention.type, noun):
            return same
        if mention.type is EntityType.CITY:
            return next(iter(peers), None)
        salient = (c for c in self._focus.ranked(self._sentence(mention.span)) if c in peers)
        return next(salient, next(iter(peers), None))

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
        salient = self._focus.ranked(self._sentence(mention.span))
        if mention.type is EntityType.PERSON:
            genders = {None, _PRONOUN_GENDER.get(word)} if word in _PRONOUN_GENDER else {None, "m", "f"}
            return next((c for c in salient if c.type is EntityType.PERSON and _gender(c) in genders), None)
        wanted = _PLURAL if word in {"they", "them"} else _SINGULAR
        fitting = [c for c in salient if c.type in wanted]
        return next((c for c in fitting[:_PLACE_YIELDS] if c.type not in AREAS), next(iter(fitting), None))

    def _sentence(self, span: Span) -> int:
        return bisect_right(self._starts, span.start)


def _same_level(cluster: Cluster, surface: str) -> bool:
    """Whether a description that says "federal" or "national" speaks of a body that is called so."""
    said = _CENTRAL & set(surface.lower().split())
    known = {word for name in (*cluster.names, *cluster.descriptions) for word in name.lower().split()}
    return not said or bool(said & known)


def _agrees(cluster: Cluster, surface: str) -> bool:
    """Whether nothing is said that the cluster is not called, if the cluster too is only described: "the car plant"."""
    if cluster.names:
        return True
    said = {w for w in words(surface)[:-1] if w not in _COLOURLESS and w.isalpha()}
    known = {w for s in cluster.descriptions for w in words(s)}
    return not said or bool(said & known) or len(known - _COLOURLESS) <= 1


_COLOURLESS = frozenset("new first second third same whole current future next last main of in the said such".split())
_CENTRAL = frozenset({"federal", "national", "central", "union", "european"})
_PRONOUN_GENDER = {"he": "m", "him": "m", "she": "f", "her": "f"}
_PLURAL = frozenset({EntityType.ORGANIZATION, EntityType.COMPANY, EntityType.NETWORK})
_SINGULAR = frozenset(EntityType) - {EntityType.PERSON, EntityType.SECTOR, EntityType.EVENT, EntityType.COUNTRY}


def _is_generic_head(kind: EntityType, noun: str) -> bool:
    return noun in _GENERIC.get(kind, ()) or (kind is EntityType.COMPANY and "company" in classes(noun))


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
    said = len(re.findall(r"[^\W_]+(?:-[^\W_]+)*", surface)) - bool(
        _DEFINITE.match(surface) or _INDEFINITE.match(surface)
    )
    if mention.type is EntityType.SECTOR:
        return True
    return mention.type in _STANDALONE and (
        said > 1 or (bool(_INDEFINITE.match(surface)) and mention.type is EntityType.PROJECT)
    )
