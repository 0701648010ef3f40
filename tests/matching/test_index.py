"""What is kept of who is who: a change costs what it touches, and the outcome is as if all had been worked out anew."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheeted import found

from regiograph.matching import blocking, company, index
from regiograph.matching.grouping import Ruled
from regiograph.matching.index import Index
from regiograph.matching.resolution import Resolution
from regiograph.matching.sheets import Sheet, Told
from regiograph.terms import EntityType

_NAMES = {
    EntityType.PERSON: ("Dmitry Khabarov", "Dmitriy Habarov", "Khabarov", "D. Khabarov", "Anna Khabarova", "Anna Lund"),
    EntityType.COMPANY: ("Kestrel Motors", "Kestrel Motors AG", "Kestrel", "Kestrel Energy", "Nordhavn Shipyard"),
    EntityType.CITY: ("Vik", "Viik", "Tarm"),
    EntityType.PROJECT: ("Battery plant", "Plant in Vik", "Kestrel battery plant", "Plant", "Tyre plant"),
    EntityType.EVENT: ("Signing of the contract", "Contract ceremony", "Harbour Forum"),
    EntityType.COUNTRY: ("Norway", "Mexico"),
}
_CODES = {"Norway": ("NO",), "Mexico": ("MX",)}
_ENTITIES = [(f"{kind.value}/{name}", kind, name) for kind, names in _NAMES.items() for name in names]


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Make a sheet of a few entities, some of them tied."""
    chosen = draw(st.lists(st.sampled_from(_ENTITIES), min_size=2, max_size=7, unique=True))
    told = {iri: Told(kind, (name,), _CODES.get(name, ())) for iri, kind, name in chosen}
    ends = st.sampled_from(sorted(told))
    ties = draw(st.lists(st.tuples(ends, ends), max_size=6, unique=True))
    people = {iri for iri, kind, _ in chosen if kind is EntityType.PERSON}
    posts = tuple(tie for tie in ties if tie[0] in people and tie[1] not in people)
    days = {
        iri: (draw(st.sampled_from(("2024-05-02", "2024-05-03"))),)
        for iri, kind, _ in chosen
        if kind is EntityType.EVENT
    }
    return Sheet(dict(sorted(told.items())), tuple(sorted(ties)), tuple(sorted(posts)), days)


@st.composite
def rulings(draw: st.DrawFn) -> Ruled:
    """Make rulings on a few pairs."""
    any_ = st.sampled_from([iri for iri, _, _ in _ENTITIES])
    pairs = draw(st.lists(st.tuples(any_, any_).filter(lambda pair: pair[0] < pair[1]), max_size=3, unique=True))
    cut = draw(st.integers(0, len(pairs)))
    return Ruled(frozenset(pairs[:cut]), frozenset(pairs[cut:]))


_ARTICLES = tuple(f"article/{n}" for n in range(8))
_CHANGES = st.dictionaries(st.sampled_from(_ARTICLES), st.none() | sheets(), max_size=4)


@pytest.fixture(scope="module", autouse=True)
def _crowded():
    """Let few be many, so that keys are crowded and entities are famous with a handful of articles."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (blocking, index):
            patch.setattr(module, "CROWDED", 3)
            patch.setattr(module, "FULL", 4)
        patch.setattr(index, "TELLING", 3)
        patch.setattr(company, "_BOUNDS", ((1, 1.0), (2, 0.5), (4, 0.25)))
        yield


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(_ARTICLES), sheets(), min_size=3, max_size=8),
    st.lists(st.tuples(_CHANGES, rulings()), min_size=1, max_size=4),
)
def test_however_articles_and_rulings_came_the_outcome_is_the_same(first, changes):
    """Articles come, change and go, people say this and that: it is as if the last state had been read at once."""
    kept = Resolution(Index.open(None, "test"))
    kept.follow(first.items(), Ruled())
    now, ruled = dict(first), Ruled()
    known = {}
    entities = [iri for iri, _, _ in _ENTITIES]
    for changed, ruled in changes:
        before = found(kept, entities)
        followed = kept.follow(changed.items(), ruled)
        now = {article: sheet for article, sheet in (now | changed).items() if sheet is not None}
        anew = Resolution(Index.open(None, "test"))
        anew.follow(sorted(now.items()), ruled)
        known = found(anew, entities)
        assert found(kept, entities) == known
        otherwise = before.mentions.items() ^ known.mentions.items()
        for entity, article in {tuple(said.split("@")) for said, _ in otherwise}:
            assert entity in followed.everywhere or (entity in followed.there and f"article/{article}" in changed)


def test_what_is_not_committed_is_forgotten(tmp_path):
    """A process that ends before it has told the store leaves the index as it was."""
    sheet = Sheet({"a": Told(EntityType.CITY, ("Vik",), ())})
    Index.open(tmp_path / "index", "1").close()
    kept = Index.open(tmp_path / "index", "1")
    kept.replace([("article/1", sheet)])
    kept.close()
    again = Index.open(tmp_path / "index", "1")
    assert (again.count("a"), again.made) == (0, False)
    again.replace([("article/1", sheet)])
    again.commit()
    again.close()
    assert Index.open(tmp_path / "index", "1").count("a") == 1


def test_an_index_of_another_version_is_made_anew(tmp_path):
    """What other code judged is not taken for what this one would."""
    old = Index.open(tmp_path / "index", "1")
    old.replace([("article/1", Sheet({"a": Told(EntityType.CITY, ("Vik",), ())}))])
    old.commit()
    old.close()
    new = Index.open(tmp_path / "index", "2")
    assert (new.count("a"), new.made) == (0, False)


def _sheet(told: dict[str, tuple[EntityType, str]], ties: tuple[tuple[str, str], ...] = ()) -> Sheet:
    return Sheet({iri: Told(kind, (name,), ()) for iri, (kind, name) in told.items()}, ties)


def _judged_alike(kept: Resolution, articles: dict[str, Sheet]) -> bool:
    anew = Resolution(Index.open(None, "test"))
    anew.follow(sorted(articles.items()), Ruled())
    return all(list(kept._index.judged("p1", step)) == list(anew._index.judged("p1", step)) for step in (1, 2))


_PERSON, _CITY = EntityType.PERSON, EntityType.CITY


def test_what_becomes_famous_tells_less_of_who_stands_with_it():
    """Two stand with one town; articles about the town alone make their company worth less."""
    one, other = (_PERSON, "Dmitry Khabarov"), (_PERSON, "D. Khabarov")
    articles = {
        "article/1": _sheet({"p1": one, "vik": (_CITY, "Vik")}, (("p1", "vik"),)),
        "article/2": _sheet({"p2": other, "vik": (_CITY, "Vik")}, (("p2", "vik"),)),
    }
    kept = Resolution(Index.open(None, "test"))
    kept.follow(articles.items(), Ruled())
    ((_, before),) = kept._index.judged("p1", 1)
    more = {f"article/{n}": _sheet({"vik": (_CITY, "Vik")}) for n in range(3, 9)}
    kept.follow(more.items(), Ruled())
    ((_, after),) = kept._index.judged("p1", 1)
    assert after.score < before.score
    assert _judged_alike(kept, articles | more)


def test_who_stands_with_two_that_become_one_stands_in_common_company():
    """What unites two companies makes a company of those beside either, though no article of theirs has changed."""
    one, other = (EntityType.SITE, "Amber Quay"), (EntityType.SITE, "Amber Quays")
    kestrel, motors = (EntityType.COMPANY, "Kestrel Motors"), (EntityType.COMPANY, "Kestrel Motors AG")
    articles = {
        "article/1": _sheet({"p1": one, "c1": kestrel}, (("p1", "c1"),)),
        "article/2": _sheet({"p2": other, "c2": motors}, (("p2", "c2"),)),
        "article/3": _sheet({"c3": kestrel, "vik": (_CITY, "Vik")}, (("c3", "vik"),)),
    }
    kept = Resolution(Index.open(None, "test"))
    kept.follow(articles.items(), Ruled(different=frozenset({("c1", "c2"), ("c1", "c3"), ("c2", "c3")})))
    before = [each.score for step in (1, 2) for _, each in kept._index.judged("p1", step)]
    kept.follow([], Ruled())
    after = [each.score for step in (1, 2) for _, each in kept._index.judged("p1", step)]
    assert max(after) > max(before)
    assert _judged_alike(kept, articles)
