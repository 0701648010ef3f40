"""Resolving: clusters, canonical names, places in context, IRIs that depend on content alone."""

import re
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regiograph.entities.names import is_generic
from regiograph.entities.resolving import resolve
from regiograph.model import Article, Entity, Mention, Sentence, Span
from regiograph.terms import EntityType

PRONOUNS = {"he", "she", "it", "they", "him", "her", "them"}
MARK = re.compile(r"\{([^|{}]+)\|(\w+)\}")


def read(marked: str, article_id: str = "a") -> tuple[Article, tuple[Sentence, ...], tuple[Mention, ...]]:
    """Read "{Tomsk|City} grows." into an article, one sentence a line, and its mentions."""
    text, found, at = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        span = Span(len(text), len(text) + len(match[1]))
        text += match[1]
        kind = "pronoun" if match[1].lower() in PRONOUNS else "description" if is_generic(match[1]) else "name"
        found.append(Mention(span, EntityType(match[2]), kind))
        at = match.end()
    text += marked[at:]
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    sentences = tuple(Sentence(n, n, span) for n, span in enumerate(spans, start=1))
    return Article(article_id, text), sentences, tuple(found)


def resolved(marked: str, article_id: str = "a") -> tuple[Entity, ...]:
    """Resolve a marked text."""
    return resolve(*read(marked, article_id))


def surfaces(entity: Entity, marked: str) -> list[str]:
    """Return the words of each mention."""
    text = MARK.sub(r"\1", marked)
    return [text[span.start : span.end] for span in entity.mentions]


def one(entities: Sequence[Entity], kind: EntityType) -> Entity:
    """Return the only entity of a type."""
    (found,) = [e for e in entities if e.type is kind]
    return found


def test_a_surname_and_a_titled_name_belong_to_the_full_name() -> None:
    """Surname, title with surname, initials and full name are one person under the full name."""
    marked = "{Ruslan Tavrin|Person} came.\n{Tavrin|Person} spoke.\n{Mr. Tavrin|Person} and {R. Tavrin|Person} left."
    person = one(resolved(marked), EntityType.PERSON)
    assert person.name == "Ruslan Tavrin"
    assert len(person.mentions) == 4


def test_people_with_other_initials_stay_apart() -> None:
    """Initials that differ tell two people of one surname apart."""
    found = resolved("{Anna Berg|Person} met {P. Berg|Person}.")
    assert [e.name for e in found] == ["Anna Berg", "P. Berg"]


def test_an_acronym_belongs_to_the_name_it_shortens() -> None:
    """Initials in brackets, and initials alone later, are the body whose name came before."""
    marked = "{The Trans-Danube Development Bank|Organization} ({TDDB|Organization}).\n{TDDB|Organization} lends."
    bank = one(resolved(marked), EntityType.ORGANIZATION)
    assert bank.name == "Trans-Danube Development Bank"
    assert len(bank.mentions) == 3


def test_legal_forms_and_quotes_make_no_other_company() -> None:
    """Legal form and quotation marks belong to the writing of a name, not to the name."""
    marked = '{JSC "Titan"|Company} grows.\n{Titan|Company} builds.\n{«Titan» Ltd|Company} sells.'
    company = one(resolved(marked), EntityType.COMPANY)
    assert company.name == "Titan"


def test_a_short_form_belongs_to_the_longer_name_of_its_type() -> None:
    """A name that runs through a longer one of the same type is its short form; of another type it is not."""
    marked = "{Nordisk Sky Holding|Company} came to {Nordisk|City}.\n{Nordisk Sky|Company} invests."
    found = resolved(marked)
    assert len(one(found, EntityType.COMPANY).mentions) == 2
    assert len(one(found, EntityType.CITY).mentions) == 1


def test_definite_descriptions_find_their_antecedent() -> None:
    """Then "the zone" is the zone named before, "the company" the company named last."""
    marked = (
        "{FEZ Lotos|Site} admitted {Arda Foods|Company}.\n{the zone|Site} gives land, {the company|Company} builds."
    )
    found = resolved(marked)
    assert surfaces(one(found, EntityType.SITE), marked) == ["FEZ Lotos", "the zone"]
    assert surfaces(one(found, EntityType.COMPANY), marked) == ["Arda Foods", "the company"]


def test_the_governor_is_whoever_was_called_so() -> None:
    """A post standing alone is the person it was said of, not the person named last."""
    marked = "Governor {Anatoly Ledov|Person} met director {Hiroshi Sakamoto|Person}.\n{The governor|Person} was glad."
    found = resolved(marked)
    assert surfaces(found[0], marked) == ["Anatoly Ledov", "The governor"]


def test_pronouns_agree_with_what_they_stand_for() -> None:
    """The word "she" passes over a man named later; "it" passes over people."""
    marked = "{Ms Olga Petrova|Person} of {Arda Foods|Company} met {Ivan Petrov|Person}.\n"
    marked += "{She|Person} says {it|Company} grows."
    found = {e.name: surfaces(e, marked) for e in resolved(marked)}
    assert found["Olga Petrova"][-1] == "She"
    assert found["Arda Foods"][-1] == "it"


def test_what_finds_no_antecedent_is_dropped() -> None:
    """A pronoun or a bare description that refers to nothing makes no entity."""
    assert resolved("{It|Organization} rains, {the company|Company} says, and {she|Person} agrees.") == ()


@pytest.mark.parametrize(
    ("context", "code"),
    [
        ("{Tbilisi|City} and {Batumi|City} in {Georgia|Region} and {Armenia|Country}", ("iso3166-1", "GE")),
        ("{Atlanta|City} and {Savannah|City} in {Georgia|Region}, {Alabama|Region}", ("iso3166-2", "US-GA")),
        ("{Atlanta|City} in {Georgia|Country}, {United States|Country}", ("iso3166-2", "US-GA")),
    ],
)
def test_georgia_is_told_by_its_company(context: str, code: tuple[str, str]) -> None:
    """Georgia is the country or the state, whichever the other places of the article belong to."""
    georgia = next(e for e in resolved(context) if e.name == "Georgia")
    assert georgia.codes == (code,)


@pytest.mark.parametrize(
    ("context", "country"),
    [
        ("{Birmingham|City} and {Leeds|City}", "2655603"),
        ("{Birmingham|City}", "2655603"),
        (
            "{Birmingham|City}, {Alabama|Region}, {Montgomery|City} in {United States|Country}",
            "4049979",
        ),
    ],
)
def test_birmingham_is_told_by_its_country(context: str, country: str) -> None:
    """A city of an ambiguous name is that of the country the article speaks of, else the largest."""
    birmingham = next(e for e in resolved(context) if e.name == "Birmingham")
    assert birmingham.codes == (("geonames", country),)


def test_jordan_the_person_is_no_country() -> None:
    """A mention typed as a person never becomes a place."""
    found = resolved("{Mary Jordan|Person} met the king of {Jordan|Country}.\n{Ms Jordan|Person} left.")
    assert [(e.type, len(e.mentions)) for e in found] == [(EntityType.PERSON, 2), (EntityType.COUNTRY, 1)]


def test_homonymous_places_have_iris_of_their_own() -> None:
    """Two Birminghams of two articles never share an IRI, and each keeps its own."""
    english = resolved("{Birmingham|City} and {Leeds|City}")[0]
    american = resolved("{Birmingham|City} in {Alabama|Region}, {United States|Country}, {United States|Country}")[0]
    assert english.id != american.id
    assert english.id.endswith("/city/birmingham")


def test_all_forms_of_a_region_in_all_articles_are_one() -> None:
    """A known place has one name and one IRI whatever the article calls it."""
    forms = ["Tomsk region", "the Tomsk Region", "Tomsk Oblast"]
    found = {(e.id, e.name) for form in forms for e in resolved(f"{{{form}|Region}} grows.")}
    assert found == {("https://w3id.org/regiograph/id/region/tomsk-region", "Tomsk Region")}


def test_a_bare_name_is_the_province_the_article_calls_so() -> None:
    """Bare "Wakayama" is the prefecture where the article says so, but "in Wakayama" is the city."""
    marked = "{Wakayama prefecture|Region} helps.\n{Wakayama|City} exports plums.\nThey met in {Wakayama|City}."
    found = resolved(marked)
    assert len(one(found, EntityType.REGION).mentions) == 2
    assert len(one(found, EntityType.CITY).mentions) == 1


def test_the_same_name_in_two_articles_is_one_entity() -> None:
    """Case, article, diacritics and composition of a name make no other entity."""
    names = ["Société Générale", "SOCIÉTÉ GÉNÉRALE", "Socie\u0301te\u0301 Ge\u0301ne\u0301rale", "the Société Générale"]
    assert len({resolved(f"{{{name}|Company}} pays.", str(n))[0].id for n, name in enumerate(names)}) == 1


def test_distinct_names_never_clash() -> None:
    """HOSTILE 41: names that a slug would make equal keep distinct IRIs."""
    names = ["C++ Works", "C Works", "東京 Works", "京東 Works", "Ä Works", "Æ Works"]
    assert len({resolved(f"{{{name}|Company}} pays.")[0].id for name in names}) == len(names)


@pytest.mark.parametrize("name", ["../x", "CON", "a/b", "%00", "Name" * 75, "🙂🙂", "> . <x>", 'a"b\\c', "Ω"])
def test_any_name_makes_a_safe_iri(name: str) -> None:
    """HOSTILE 16: whatever a name holds, its IRI is short and of letters, digits and hyphens."""
    for kind in ("Company", "Person", "City", "Project"):
        for entity in resolved(f"Here {{{name}|{kind}}} stands."):
            assert re.fullmatch(r"https://w3id\.org/regiograph/id/[a-z-]+/[a-z0-9-]{1,100}", entity.id)


def test_invisible_marks_do_not_reach_the_name() -> None:
    """HOSTILE 8: direction overrides and zero-width characters are no part of a canonical name."""
    company = resolved("{Ar\u200bda \u202eFoods|Company} pays.")[0]
    assert company.name == "Arda Foods"


def test_a_described_project_belongs_to_its_sentence() -> None:
    """What is only described is the same in a syndicated copy, and another in another article."""
    marked = "They build {a new oil mill|Project} here."
    here, copy = resolved(marked, "a")[0], resolved(marked, "b")[0]
    other = resolved("We want {a new oil mill|Project} too.", "c")[0]
    assert here.id == copy.id != other.id


def test_a_ministry_without_a_place_is_that_of_the_country() -> None:
    """Two countries' ministries of economy are two, though both articles say no more than "the Ministry of Economy"."""
    german = resolved("{The Ministry of Economy|GovernmentBody} of {Germany|Country}")[0]
    polish = resolved("{The Ministry of Economy|GovernmentBody} of {Poland|Country}")[0]
    assert german.name == polish.name
    assert german.id != polish.id


def test_a_sector_is_the_same_everywhere_and_only_itself() -> None:
    """One sector in two articles is one entity; two sectors with one head noun are two."""
    first = resolved("They invest in {nuclear technology|Sector} and {information technology|Sector}.", "a")
    second = resolved("The growth of {information technology|Sector} goes on.", "b")
    assert len(first) == 2
    assert second[0].id == first[1].id


def test_parts_of_the_world_are_no_cities() -> None:
    """Asia is a region without a code, though a town is called so."""
    asia = resolved("Trade with {Asia|City} grows.")[0]
    assert (asia.type, asia.codes) == (EntityType.REGION, ())


def test_a_city_state_is_its_country() -> None:
    """Singapore as a city and as a country is one entity, the country."""
    found = resolved(
        "{Singapore|City} and {Singapore|Country} agree with {the city of Magdeburg|City}, {Magdeburg|City}."
    )
    assert [(e.type, len(e.mentions)) for e in found] == [(EntityType.COUNTRY, 2), (EntityType.CITY, 2)]


def test_many_names_take_linear_time() -> None:
    """HOSTILE 24: ten thousand names in one paragraph are resolved in seconds."""
    marked = " ".join(f"{{Alfa Beta{n} Works|Company}} {{the company|Company}}" for n in range(5000))
    started = time.process_time()
    assert len(resolved(marked)) == 5000
    assert time.process_time() - started < 10


def test_many_posts_take_linear_time() -> None:
    """HOSTILE 24: thousands of people and of posts that could be theirs are resolved in seconds."""
    line = "Deputy {{Anna Berg{n}|Person}} met {{the governor|Person}} and {{she|Person}} saw {{the plant|Project}}."
    marked = "\n".join(line.format(n=n) for n in range(1500))
    started = time.process_time()
    assert len(resolved(marked)) >= 1500
    assert time.process_time() - started < 10


def test_plants_of_other_kinds_stay_apart() -> None:
    """A description that says what the last one does not is another thing; one that says less is the same."""
    marked = "They open {an engine plant|Project} beside {the car plant|Project}.\n{The engine plant|Project} is new."
    found = [surfaces(e, marked) for e in resolved(marked)]
    assert found == [["an engine plant", "The engine plant"], ["the car plant"]]


_KINDS = st.sampled_from([k.value for k in EntityType])
_NAMES = st.text(st.characters(exclude_characters="{}|", exclude_categories=["Cs"]), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_NAMES, _KINDS), min_size=1, max_size=8))
def test_any_mentions_resolve_to_sound_entities(pairs: list[tuple[str, str]]) -> None:
    """Whatever is mentioned: no IRI twice, no mention in two entities, the order that of the text, twice the same."""
    marked = " and ".join(f"{{{name}|{kind}}}" for name, kind in pairs)
    article, sentences, mentions = read(marked)
    found = resolve(article, sentences, mentions)
    spans = [span for e in found for span in e.mentions]
    assert len({e.id for e in found}) == len(found)
    assert len(set(spans)) == len(spans)
    assert [e.mentions[0] for e in found] == sorted(e.mentions[0] for e in found)
    assert resolve(article, sentences, mentions) == found


def test_a_project_is_one_with_and_without_the_word() -> None:
    """What an article once calls a project is one wherever it is named, under the IRI of its bare name."""
    found = resolved("{The Sidra project|Project} began.\n{Sidra|Organization} grows.")
    project = one(found, EntityType.PROJECT)
    assert len(found) == 1
    assert project.id.endswith("/project/sidra")
    assert len(project.mentions) == 2
