"""Which descriptions and pronouns agree with what: head nouns, levels of government, gender, number."""

from __future__ import annotations

import re

from regiograph.entities.clusters import Cluster
from regiograph.entities.names import words
from regiograph.entities.vocabulary import classes
from regiograph.model import Mention
from regiograph.terms import EntityType

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_DEFINITE = re.compile(r"(?:the|this|that|these|those|said|its|their|his|her|our)\s", re.IGNORECASE)
_INDEFINITE = re.compile(
    r"(?:an?|another|some|each|both|two|three|four|five|six|seven|eight|nine|ten|several|one|\d+)\s", re.IGNORECASE
)
_POSTMODIFIER = re.compile(
    r"\s(?:of|in|for|at|on|from|to|with|by|near|and|under|between|that|which|called|worth)\s.*", re.DOTALL
)
_MALE = re.compile(r"\b(?:Mr|Sheikh|Sir|Herr|Lord|Datuk)\b\.?|(?:ov|ev|yov|sky|skiy|skyi|tsky|ich|enko)$")
_FEMALE = re.compile(r"\b(?:Ms|Mrs|Miss|Frau|Madam|Lady|Dame)\b\.?|(?:ova|eva|yova|skaya|ska|cka|ina|ovna|evna)$")
_GENDERS = {"he": "m", "him": "m", "she": "f", "her": "f"}
_PLURAL = frozenset({EntityType.ORGANIZATION, EntityType.COMPANY, EntityType.NETWORK})
_SINGULAR = frozenset(EntityType) - {EntityType.PERSON, EntityType.SECTOR, EntityType.EVENT, EntityType.COUNTRY}
_SYNONYMS = {"sez": "zone", "fez": "zone", "ftz": "zone", "zone": "sez", "firm": "company", "factory": "plant"}
_COLOURLESS = frozenset("new first second third same whole current future next last main of in the said such".split())
_CENTRAL = frozenset({"federal", "national", "central", "union", "european"})
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


def is_indefinite(surface: str) -> bool:
    """Whether a description brings something new up: "a plant", "two companies"."""
    return _INDEFINITE.match(surface) is not None


def head(surface: str) -> str:
    """Return the head noun of a description, lower case: "the regional government of X" gives "government"."""
    core = _POSTMODIFIER.sub("", " " + surface.strip()).strip() or surface
    found = _WORD.findall(core.lower())
    return found[-1] if found else surface.lower()


def is_generic_head(kind: EntityType, noun: str) -> bool:
    """Whether a head noun can stand for any entity of a type: "the firm" for a company."""
    return noun in _GENERIC.get(kind, ()) or (kind is EntityType.COMPANY and "company" in classes(noun))


def shares_head(cluster: Cluster, noun: str) -> bool:
    """Whether the cluster is called by this head noun, or has it in its name."""
    found = {head(s) for s in (*cluster.names, *cluster.descriptions)}
    found |= {word for name in cluster.names for word in _WORD.findall(name.lower())}
    return noun in found or any(_SYNONYMS.get(word) == noun for word in found)


def is_called(cluster: Cluster, surface: str) -> bool:
    """Whether the cluster has been called by the very same words."""
    return words(surface) in {words(said) for said in (*cluster.names, *cluster.descriptions)}


def same_level(cluster: Cluster, surface: str) -> bool:
    """Whether a description that says "federal" or "national" speaks of a body that is called so."""
    said = _CENTRAL & set(surface.lower().split())
    known = {word for name in (*cluster.names, *cluster.descriptions) for word in name.lower().split()}
    return not said or bool(said & known)


def agrees(cluster: Cluster, surface: str) -> bool:
    """Whether nothing is said that the cluster is not called, if the cluster too is only described: "the car plant"."""
    if cluster.names:
        return True
    said = {w for w in words(surface)[:-1] if w not in _COLOURLESS and w.isalpha()}
    known = {w for s in cluster.descriptions for w in words(s)}
    return not said or bool(said & known) or len(known - _COLOURLESS) <= 1


def pronoun_fits(pronoun: str, cluster: Cluster) -> bool:
    """Whether a pronoun, lower case, agrees with the cluster in gender, number and kind."""
    if pronoun in {"he", "him", "she", "her", "i"}:
        gender = _gender(cluster) if pronoun in _GENDERS else None
        return cluster.type is EntityType.PERSON and gender in {None, _GENDERS.get(pronoun)}
    return cluster.type in (_PLURAL if pronoun in {"they", "them"} else _SINGULAR)


def _gender(person: Cluster) -> str | None:
    male = any(_MALE.search(name) for name in person.names)
    female = any(_FEMALE.search(name) for name in person.names)
    return None if male == female else "m" if male else "f"


def can_stand_alone(mention: Mention, surface: str) -> bool:
    """Whether a description without antecedent is worth an entity: it says more than its head, or is a new project."""
    if mention.type is EntityType.SECTOR:
        return True
    determined = _DEFINITE.match(surface) is not None or is_indefinite(surface)
    says_more = len(_WORD.findall(surface)) - determined > 1
    is_new_project = mention.type is EntityType.PROJECT and is_indefinite(surface)
    return mention.type in _STANDALONE and (says_more or is_new_project)
