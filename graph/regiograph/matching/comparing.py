"""Two names held against each other: what speaks for one thing, and what against it, in numbers from 0 to 1."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import product
from typing import NamedTuple

from rapidfuzz.distance import OSA

from regiograph.entities import names
from regiograph.entities.placenames import fold, split_head
from regiograph.entities.vocabulary import classes
from regiograph.matching.spelling import cased, sound, words
from regiograph.terms import EntityType

_ALIKE = 0.72  # below it two words have nothing in common
_SMALL = frozenset(
    "a al an and at bin d da das de del della den der des di do dos du e el en et for in la las le les los na"
    " o of on op os the to u und v van von y z zu".split()
)
_JOINED = 4  # letters: shorter words are not put together
_WEAK = 0.35  # what a word that says of what kind something is weighs
_LIGHT = 0.1  # what such a word, or a describing one, weighs where the other name leaves it out
_FORMS_OF_SURNAMES = tuple(
    pair.split("/")
    for pair in (
        "ov/ova ev/eva yov/yova in/ina yn/yna sky/skaya skiy/skaya skii/skaya ski/ska cki/cka dzki/dzka oy/aya"
        " tsky/tskaya ik/ikova ek/kova sky/ska"
    ).split()
)
_SUFFIXES = frozenset("jr sr junior senior".split())
_SHORT = {
    short: tuple(full.split())
    for short, full in {
        "st": "saint", "sankt": "saint", "sv": "saint", "intl": "international", "natl": "national",
        "dept": "department",
        "govt": "government", "univ": "university", "inst": "institute", "assn": "association", "assoc": "association",
        "sez": "special economic zone", "fez": "free economic zone", "ind": "industrial", "tech": "technical",
        "mfg": "manufacturing", "bros": "brothers", "min": "ministry", "fed": "federal", "rep": "republic",
    }.items()
}  # fmt: skip
_NUMBERS = {
    **{roman: str(n) for n, roman in enumerate("ii iii iv v vi vii viii ix x xi xii".split(), 2) if len(roman) > 1},
    **{word: str(n) for n, word in enumerate("first second third fourth fifth sixth seventh eighth ninth".split(), 1)},
    **{f"{n}{'st' if n == 1 else 'nd' if n == 2 else 'rd' if n == 3 else 'th'}": str(n) for n in range(1, 20)},
}
_GENERIC = frozenset(
    "company firm corporation enterprise enterprises holding holdings group concern world international".split()
)
_DROPPED = frozenset("site network project".split())
_KINDS = frozenset("government company site body region city country project network organization".split())


class Comparison(NamedTuple):
    """How two names compare, in numbers from 0 to 1.

    `alike` is how well the aligned words agree, `worst` the least agreement of an aligned word that matters, `more`
    what one name has beyond the other, `apart` what both have that the other lacks, as shares of what the names weigh.
    `numbers` is 1 if they have different numbers, `order` 0 if the words come in another order.
    """

    alike: float
    worst: float
    more: float
    apart: float
    whole: float
    first: float
    last: float
    initials: float
    acronym: float
    numbers: float
    order: float
    single: float


def compare(kind: EntityType, one: str, other: str) -> Comparison:
    """Return how two names of entities of a type compare; whichever comes first makes no difference."""
    first, second = sorted(map(_stem, (one, other)) if kind is EntityType.REGION else (one, other))
    return _compared(kind is EntityType.PERSON, first, second)


def beyond(kind: EntityType, one: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words that each of two names has and the other has not, but for those that names go without."""
    return _beyond(kind is EntityType.PERSON, one, other)


@lru_cache(maxsize=100_000)
def _beyond(person: bool, one: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    a, b, light = _read(person, one, other)
    rest = _unpaired(a, b, _aligned(a, b, person=person))
    left = (tuple(said[at] for at in sorted(alone)) for said, alone in zip((a, b), rest, strict=True))
    first, second = (tuple(w for w in found if _extra(w, light, person=person) > _LIGHT) for found in left)
    return first, second


def _stem(region: str) -> str:
    """Return the name of a region without what says that it is one: "Perm Krai" and "Perm Region" have one stem."""
    return split_head(fold(" ".join(words(region))))[0] or region


@lru_cache(maxsize=100_000)
def _compared(person: bool, one: str, other: str) -> Comparison:
    a, b, light = _read(person, one, other)
    if a and "".join(a) == "".join(b):  # "Good Will" and "Goodwill"
        a = b = ("".join(a),) if a != b else a
    if not a or not b:
        same = float(one.casefold() == other.casefold())
        return Comparison(same, same, 1 - same, 1 - same, same, same, same, 0, 0, 0, 1, 1)
    pairs = _aligned(a, b, person=person)
    weigh = [[_weight(word, person=person) for word in a], [_weight(word, person=person) for word in b]]
    total = sum(weigh[0]) + sum(weigh[1])
    matched = sum(weigh[0][i] + weigh[1][j] for i, j, _ in pairs)
    alike = sum((weigh[0][i] + weigh[1][j]) * sim for i, j, sim in pairs) / (matched or 1)
    rest = _unpaired(a, b, pairs)
    left = [sum(weigh[side][at] for at in rest[side]) for side in (0, 1)]
    extra = [sum(_extra(said[at], light, person=person) for at in rest[side]) for side, said in enumerate((a, b))]
    matter = [sim for i, j, sim in pairs if max(weigh[0][i], weigh[1][j]) > _WEAK]
    numbers = {w for w in a if w.isdigit()}, {w for w in b if w.isdigit()}
    return Comparison(
        alike=alike,
        worst=min(matter, default=0.0),
        more=max(extra) / total * 2,
        apart=min(left) / total * 2,
        whole=OSA.normalized_similarity("".join(sorted(map(sound, a))), "".join(sorted(map(sound, b)))),
        first=_similar(a[0], b[0]),
        last=_similar(a[-1], b[-1]),
        initials=float(any(len(a[i]) == 1 or len(b[j]) == 1 for i, j, _ in pairs)),
        acronym=float(not person and _is_acronym(one, other)),
        numbers=float(bool(numbers[0] ^ numbers[1]) and bool(numbers[0] or numbers[1])),
        order=float([j for _, j, _ in pairs] == sorted(j for _, j, _ in pairs)),
        single=float(min(len(a), len(b)) == 1),
    )


def _read(person: bool, one: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...], frozenset[str]]:
    """Return the words of two names, written alike, and those of either that only describe."""
    a, b = _made_alike(*(_parts(name, person=person) for name in (one, other)), person=person)
    return a, b, frozenset() if person else _describing(one) | _describing(other)


def _unpaired(
    a: Sequence[str], b: Sequence[str], pairs: Sequence[tuple[int, int, float]]
) -> tuple[set[int], set[int]]:  # fmt: skip
    """Return the places of the words of each name that are paired with none."""
    return set(range(len(a))) - {i for i, _, _ in pairs}, set(range(len(b))) - {j for _, j, _ in pairs}


@lru_cache(maxsize=65536)
def _parts(name: str, *, person: bool) -> tuple[str, ...]:
    """Return the words of a name that tell something: no title, no legal form, no article."""
    said = words(name if person else names.bare(name))
    said = tuple(full for word in said for full in _SHORT.get(word, (word,)))
    if person:
        said = tuple(word for word in said if word not in _SUFFIXES) or said
        while len(said) > 1 and {"title", "post"} & set(classes(said[0])):
            said = said[1:]
    else:
        said = tuple(_NUMBERS.get(word, word) for word in said if "legal" not in classes(word)) or said
    return tuple(word for word in said if word not in _SMALL) or said


def _aligned(a: Sequence[str], b: Sequence[str], *, person: bool) -> list[tuple[int, int, float]]:
    """Pair the words of two names, the most alike first, each once."""
    scored = [(_similar(x, y, person=person), i, j) for (i, x), (j, y) in product(enumerate(a), enumerate(b))]
    pairs: list[tuple[int, int, float]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for sim, i, j in sorted(scored, key=lambda each: (-each[0], abs(each[1] - each[2]), each[1], each[2])):
        if sim >= _ALIKE and i not in taken[0] and j not in taken[1]:
            pairs.append((i, j, sim))
            taken[0].add(i)
            taken[1].add(j)
    return sorted(_without_lone_initials(a, b, pairs) if person else pairs)


def _without_lone_initials(
    a: Sequence[str], b: Sequence[str], pairs: Sequence[tuple[int, int, float]]
) -> list[tuple[int, int, float]]:
    """Drop initials paired with a word, where the name that has the initial has a word that is paired with none.

    "Anna B. Lund" is not "Anna Berg", though B. could be Berg's.
    """
    left = [{i for i, word in enumerate(words) if len(word) > 1} for words in (a, b)]
    for i, j, _ in pairs:
        left[0].discard(i)
        left[1].discard(j)
    lone = [(len(a[i]) == 1 and bool(left[0])) or (len(b[j]) == 1 and bool(left[1])) for i, j, _ in pairs]
    return [pair for pair, alone in zip(pairs, lone, strict=True) if not alone or len(a[pair[0]]) == len(b[pair[1]])]


@lru_cache(maxsize=200_000)
def _similar(x: str, y: str, *, person: bool = True) -> float:
    """Return how alike two words are: as written, as they sound, or as an initial."""
    if x == y:
        return 1.0
    if x.isdigit() or y.isdigit():
        return 0.0
    if person and min(len(x), len(y)) == 1:
        return 0.85 if x[0] == y[0] else 0.0
    heard, other = sound(x), sound(y)
    if person and _of_man_and_woman(x, y):
        return 0.5  # "Ivanov" and "Ivanova" are two
    if heard == other:
        return 0.97
    if person and (one := _given(x)) and (two := _given(y)):
        return 0.93 if one & two else 0.5  # "Maria" and "Marta" are spelt alike, and are two
    return min(0.95, max(OSA.normalized_similarity(x, y), OSA.normalized_similarity(heard, other)))


def _of_man_and_woman(x: str, y: str) -> bool:
    """Whether two surnames are one of a man and of a woman, as Slavic ones are."""
    return any(
        (x.endswith(his) and y == f"{x[: len(x) - len(his)]}{her}")
        or (y.endswith(his) and x == f"{y[: len(y) - len(his)]}{her}")
        for his, her in _FORMS_OF_SURNAMES
    )


def _given(word: str) -> frozenset[str]:
    """Return the given names that a word is a form of."""
    return _forms().get(word, frozenset())


@cache
def _forms() -> Mapping[str, frozenset[str]]:
    text = resources.files("regiograph.matching").joinpath("data/given.tsv").read_text(encoding="utf-8")
    found: dict[str, set[str]] = defaultdict(set)
    for line in text.splitlines():
        if not line.startswith("#"):
            name, _, forms = line.partition("\t")
            for form in (name, *forms.split()):
                found[form].add(name)
    return {form: frozenset(of) for form, of in found.items()}


@lru_cache(maxsize=65536)
def _weight(word: str, *, person: bool) -> float:
    """Return how much a word tells: of a body's name, those that say of what kind it is tell less."""
    if person:
        return 0.6 if len(word) == 1 else 1.0
    return _WEAK if _KINDS & set(classes(word)) else min(1.0, 0.4 + len(word) / 10)


def _extra(word: str, light: frozenset[str], *, person: bool) -> float:
    """Return how much it tells that a name has a word that the other has not."""
    weight = _weight(word, person=person)
    return _LIGHT if word in light or (not person and _says_only_kind(word)) else weight


@cache
def _says_only_kind(word: str) -> bool:
    """Whether names go without a word that is part of them: "Vik" for "Vik Industrial Park", or for "Vik Group"."""
    return word in _GENERIC or bool(_DROPPED & set(classes(word)))


@lru_cache(maxsize=65536)
def _describing(name: str) -> frozenset[str]:
    """Return the words of a name that are written small beside capital ones: "linen mill" of "linen mill Vikalen"."""
    said = cased(names.bare(name))
    if not any(word[0].isupper() for word in said[1:]):
        return frozenset()
    return frozenset(word for word in said if word[0].islower())


def _made_alike(a: tuple[str, ...], b: tuple[str, ...], *, person: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write two names with the same initials and the same words in one, as far as both have them."""
    if not person:
        a, b = _shortened(a, b), _shortened(b, a)
    return _joined(a, b), _joined(b, a)


def _joined(words: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Put two words in one where the other name has them so: "Zhen-kai" for "Zhenkai"."""
    heard = {sound(word) for word in other if len(word) > _JOINED}
    for at in range(len(words) - 1):
        both = words[at] + words[at + 1]
        if len(both) > _JOINED and words[at] not in other and words[at + 1] not in other and sound(both) in heard:
            return (*words[:at], both, *words[at + 2 :])
    return words


def _shortened(words: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Put initials in place of words where the other name has these: "CCI"."""
    for short in other:
        size = len(short)
        if short in words or not 2 < size < 6:
            continue
        for at in range(len(words) - size + 1):
            if "".join(word[0] for word in words[at : at + size]) == short:
                words = (*words[:at], short, *words[at + size :])
                break
    return words


def _is_acronym(one: str, other: str) -> bool:
    short, full = sorted((one, other), key=len)
    return names.is_acronym(short) and names.bare(short).upper() in names.acronyms(full)
