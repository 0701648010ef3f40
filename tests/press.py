"""A small press whose articles make a store in which every question has a known answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from regiograph.entities.identity import BASE, claim_iri, entity_iri
from regiograph.model import Article, Claim, Entity, Evidence, Extraction, Span, Value
from regiograph.terms import SIGNATURES, EntityType, Modality, Polarity, Predicate

ENTITIES = {
    "Anna Orlova": EntityType.PERSON,
    "Kenji Mori": EntityType.PERSON,
    "Oleg Petrov": EntityType.PERSON,
    "Tomsk region": EntityType.REGION,
    "Kaluga region": EntityType.REGION,
    "Russia": EntityType.COUNTRY,
    "Germany": EntityType.COUNTRY,
    "Japan": EntityType.COUNTRY,
    "Tokyo": EntityType.CITY,
    "Tokyo Government": EntityType.GOVERNMENT_BODY,
    "Asian Cities Network": EntityType.NETWORK,
    "Innovative Regions Union": EntityType.NETWORK,
    "Tokyo mission": EntityType.EVENT,
    "Trade fair": EntityType.EVENT,
    "Tomsk zone": EntityType.SITE,
    "Micro Works": EntityType.COMPANY,
    "Nihon Valves": EntityType.COMPANY,
    "Autowerk": EntityType.COMPANY,
    "Science Centre": EntityType.PROJECT,
    "Engine plant": EntityType.PROJECT,
    "Truck plant": EntityType.PROJECT,
    "automotive": EntityType.SECTOR,
    'Say "{what}"': EntityType.COMPANY,
}


def iri(name: str) -> str:
    """Return the IRI of one of the `ENTITIES`."""
    return entity_iri(BASE, ENTITIES[name], name)


@dataclass
class Draft:
    """An article in the making: each statement adds a sentence and the claim that it makes."""

    id: str
    published: str | None
    source: str | None = "Morning Sample"
    url: str | None = None
    said: list[tuple[str, Predicate, str, Modality, Polarity, float, dict[str, str]]] = field(default_factory=list)

    def says(
        self,
        subject: str,
        predicate: Predicate,
        obj: str,
        *,
        modality: Modality = Modality.ASSERTED,
        polarity: Polarity = Polarity.POSITIVE,
        confidence: float = 0.9,
        **qualifiers: str,
    ) -> Draft:
        """Add a statement; `obj` is one of the `ENTITIES` or a literal, as the predicate has it."""
        self.said.append((subject, predicate, obj, modality, polarity, confidence, qualifiers))
        return self

    def extraction(self) -> Extraction:
        """Return the article with its claims."""
        sentences = [self._sentence(*statement) for statement in self.said]
        text = " ".join(sentences)
        article = Article(self.id, text, f"Title of {self.id}", self.published, self.source, self.url, "en")
        starts = [sum(len(s) + 1 for s in sentences[:i]) for i in range(len(sentences))]
        claims = tuple(
            self._claim(text, start, len(s), row) for start, s, row in zip(starts, sentences, self.said, strict=True)
        )
        names = dict.fromkeys(n for s, _, o, *_ in self.said for n in (s, o) if n in ENTITIES)
        entities = tuple(Entity(iri(n), ENTITIES[n], n, (_span(text, n),)) for n in names)
        return Extraction(article, entities, claims, "rules/1")

    def _sentence(
        self, subject: str, predicate: str, obj: str, modality: str, polarity: str, _: float, qualifiers: dict[str, str]
    ) -> str:
        details = "".join(f" {name} {value}" for name, value in qualifiers.items())
        return f"{subject} {predicate} {obj}{details} ({modality}, {polarity})."

    def _claim(self, text: str, start: int, length: int, row: tuple) -> Claim:  # type: ignore[type-arg]
        subject, predicate, obj, modality, polarity, confidence, qualifiers = row
        evidence = Evidence(Span(start, start + length), text[start : start + length])
        literal = SIGNATURES[predicate].range
        value = Value(obj, {"date": "edtf", "number": "decimal"}[literal]) if isinstance(literal, str) else None
        said = value if value is not None else iri(obj)
        return Claim(
            claim_iri(BASE, self.id, iri(subject), predicate, said, evidence),
            iri(subject),
            predicate,
            None if value is not None else iri(obj),
            value,
            tuple(sorted((name.rstrip("_"), v) for name, v in qualifiers.items())),
            modality,
            polarity,
            confidence,
            evidence,
        )


def _span(text: str, name: str) -> Span:
    return Span(text.index(name), text.index(name) + len(name))


def press() -> tuple[Draft, ...]:
    """Return the articles of the sample store."""
    p, planned = Predicate, Modality.PLANNED
    mission = (
        Draft("mission", "2015-06-11", url="https://example.org/mission")
        .says("Anna Orlova", p.HOLDS_POST, "Tomsk region", role="Governor", confidence=0.95)
        .says("Kenji Mori", p.HOLDS_POST, "Tokyo Government", role="senior director")
        .says("Tokyo Government", p.LOCATED_IN, "Tokyo")
        .says("Tokyo", p.LOCATED_IN, "Japan")
        .says("Anna Orlova", p.MET_WITH, "Kenji Mori", date="2015-06-09")
        .says("Anna Orlova", p.PARTICIPATED_IN, "Tokyo mission")
        .says("Kenji Mori", p.PARTICIPATED_IN, "Tokyo mission")
        .says("Tokyo mission", p.EVENT_PLACE, "Tokyo")
        .says("Tokyo mission", p.EVENT_DATE, "2015-06-08/2015-06-10")
        .says("Tomsk region", p.MEMBER_OF, "Asian Cities Network", since="2012")
        .says("Tokyo", p.MEMBER_OF, "Asian Cities Network")
        .says("Science Centre", p.LOCATED_IN, "Tomsk region")
        .says(
            "Science Centre",
            p.HAS_AMOUNT,
            "4000000000",
            modality=planned,
            currency="USD",
            qualifier="more than",
            period="../2020",
        )
        .says("Tomsk region", p.LOCATED_IN, "Russia")
        .says("Tomsk region", p.INVESTS_IN, "Science Centre")
    )
    zone = (
        Draft("zone", "2014")
        .says("Tomsk zone", p.LOCATED_IN, "Tomsk region")
        .says("Tomsk zone", p.STARTED_IN, "2005")
        .says("Micro Works", p.RESIDENT_OF, "Tomsk zone")
        .says("Micro Works", p.LOCATED_IN, "Tomsk region")
        .says("Nihon Valves", p.RESIDENT_OF, "Tomsk zone", modality=planned, confidence=0.7)
        .says("Nihon Valves", p.LOCATED_IN, "Japan")
        .says("Nihon Valves", p.OPERATES_IN_SECTOR, "automotive", confidence=0.55)
        .says("Tomsk region", p.MEMBER_OF, "Innovative Regions Union", since="2010")
    )
    engines = (
        Draft("engines", "2015-09-07")
        .says("Autowerk", p.LOCATED_IN, "Germany")
        .says("Engine plant", p.LOCATED_IN, "Kaluga region")
        .says("Engine plant", p.OPERATES_IN_SECTOR, "automotive")
        .says("Autowerk", p.INVESTS_IN, "Engine plant", amount="250000000", currency="EUR")
        .says("Engine plant", p.COMPLETED_IN, "2015-09-04")
        .says("Oleg Petrov", p.HOLDS_POST, "Kaluga region", role="Governor", status="former")
        .says("Kaluga region", p.MEMBER_OF, "Innovative Regions Union")
        .says("Kaluga region", p.LOCATED_IN, "Russia")
        .says("Anna Orlova", p.VISITED, "Kaluga region", date="2015-03")
    )
    plans = (
        Draft("plans", "2016-02")
        .says(
            "Autowerk",
            p.INVESTS_IN,
            "Truck plant",
            modality=planned,
            amount="100000000/150000000",
            currency="EUR",
            period="2017",
        )
        .says("Truck plant", p.LOCATED_IN, "Kaluga region", modality=planned)
        .says("Autowerk", p.INVESTS_IN, "Engine plant", amount="240000000", currency="EUR", qualifier="about")
        .says("Engine plant", p.COMPLETED_IN, "2015-10")
        .says("Kaluga region", p.MEMBER_OF, "Innovative Regions Union", since="2011")
    )
    end = (
        Draft("end", None, source=None)
        .says("Autowerk", p.INVESTS_IN, "Truck plant", polarity=Polarity.NEGATIVE)
        .says("Micro Works", p.OWNED_BY, "Autowerk", confidence=0.3)
        .says('Say "{what}"', p.LOCATED_IN, "Japan")
        .says("Anna Orlova", p.HOLDS_POST, "Tomsk region", role="Governor")
        .says("Anna Orlova", p.PARTICIPATED_IN, "Trade fair")
        .says("Trade fair", p.EVENT_PLACE, "Tokyo")
    )
    return mission, zone, engines, plans, end
