"""A press that speaks of what the extract of Wikidata has, and a counting door before the server that has it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from commandline import CHECKOUT
from listening import listening
from regiograph.entities.identity import BASE, claim_iri, entity_iri
from regiograph.linking.asking import Wikidata
from regiograph.linking.cache import Cache
from regiograph.linking.pace import Pace
from regiograph.linking.proposals import Proposal, propose
from regiograph.linking.subjects import subjects
from regiograph.model import Article, Claim, Entity, Evidence, Extraction, Span
from regiograph.query.remote import Endpoint
from regiograph.rdf.store import Store
from regiograph.terms import EntityType, Modality, Polarity, Predicate

EXTRACT = CHECKOUT / "tests" / "corpus" / "wikidata.ttl"

ENTITIES = {
    "Germany": (EntityType.COUNTRY, ("iso3166-1", "DE")),
    "United States": (EntityType.COUNTRY, ("iso3166-1", "US")),
    "Saxony": (EntityType.REGION, ("iso3166-2", "DE-SN")),
    "Texas": (EntityType.REGION, ("iso3166-2", "US-TX")),
    "Dresden": (EntityType.CITY, ("geonames", "2935022")),
    "George Bush": (EntityType.PERSON, None),
    "Elon Musk": (EntityType.PERSON, None),
    "Olaf Scholz": (EntityType.PERSON, None),
    "Anna Example": (EntityType.PERSON, None),
    "Tesla": (EntityType.COMPANY, None),
    "BMW": (EntityType.COMPANY, None),
    "Volkswagen": (EntityType.COMPANY, None),
    "Tourism": (EntityType.SECTOR, None),
}
_SAID = (
    ("George Bush", Predicate.HOLDS_POST, "Texas"),
    ("Elon Musk", Predicate.HOLDS_POST, "Tesla"),
    ("Anna Example", Predicate.MET_WITH, "Olaf Scholz"),
    ("Dresden", Predicate.LOCATED_IN, "Saxony"),
    ("BMW", Predicate.LOCATED_IN, "United States"),
    ("Volkswagen", Predicate.LOCATED_IN, "Germany"),
    ("Tesla", Predicate.INVESTS_IN, "Tourism"),
)


def iri(name: str) -> str:
    """Return the IRI of one of the `ENTITIES`."""
    return entity_iri(BASE, ENTITIES[name][0], name)


def article() -> Extraction:
    """Return an article with a claim in each sentence."""
    sentences = [f"{subject} {predicate} {obj}." for subject, predicate, obj in _SAID]
    text = " ".join(sentences)
    claims = tuple(_claim(text, sentence, *said) for sentence, said in zip(sentences, _SAID, strict=True))
    entities = tuple(
        Entity(iri(name), kind, name, (Span(at, at + len(name)),), (code,) if code else ())
        for name, (kind, code) in ENTITIES.items()
        if (at := text.find(name)) >= 0
    )
    return Extraction(Article("press", text, language="en-GB"), entities, claims, "rules/1")


def _claim(text: str, sentence: str, subject: str, predicate: Predicate, obj: str) -> Claim:
    start = text.index(sentence)
    evidence = Evidence(Span(start, start + len(sentence)), sentence)
    name = claim_iri(BASE, "press", iri(subject), predicate, iri(obj), evidence)
    sure = (Modality.ASSERTED, Polarity.POSITIVE, 0.9)
    return Claim(name, iri(subject), predicate, iri(obj), None, (), *sure, evidence)


class _Passing(BaseHTTPRequestHandler):
    """Hands a question on to the server behind the door, and writes it down."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Answer as the server behind does, until the door is shut."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        door = self.server
        assert isinstance(door, Door)
        door.asked.append(parse_qs(body.decode("utf-8"))["query"][0])
        if door.open_for is not None and len(door.asked) > door.open_for:
            self._say(500, "text/plain", b"out of order")
            return
        if door.instead is not None:
            self._say(200, "application/sparql-results+json", json.dumps(door.instead).encode("utf-8"))
            return
        to = urlsplit(door.behind)
        connection = HTTPConnection(to.netloc, timeout=30)
        kept = {name: value for name, value in self.headers.items() if name in ("Content-Type", "Accept")}
        connection.request("POST", to.path, body, kept)
        answer = connection.getresponse()
        self._say(answer.status, answer.headers["Content-Type"], answer.read())
        connection.close()

    def _say(self, status: int, media: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Door(ThreadingHTTPServer):
    """Stands before a SPARQL server on this machine: `asked` has the questions that came, in order.

    After `open_for` of them it answers that it is out of order. What is set as `instead` is the answer to everything.
    """

    daemon_threads = True

    def __init__(self, behind: str, open_for: int | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.behind, self.open_for = behind, open_for
        self.asked: list[str] = []
        self.instead: object = None

    @property
    def url(self) -> str:
        """Where to ask."""
        return f"http://127.0.0.1:{self.server_address[1]}/query"


@contextmanager
def door(behind: str, open_for: int | None = None) -> Iterator[Door]:
    """Open a door, and shut it at the end."""
    with listening(Door(behind, open_for)) as opened:
        yield opened


def found(store: Store, url: str, cache: Path) -> dict[str, list[Proposal]]:
    """Return the proposals for a store's entities, by name, without pauses."""
    wikidata = Wikidata(Endpoint(url, timeout=30), Cache(cache), Pace(0))
    by_name: dict[str, list[Proposal]] = {}
    for proposal in propose(subjects(store), wikidata):
        by_name.setdefault(proposal.name, []).append(proposal)
    return by_name


def ids(lines: str) -> list[tuple[str, str]]:
    """Return names and Wikidata's ids of what a run printed."""
    rows = map(json.loads, lines.splitlines())
    return [(row["name"], row["wikidata"].rpartition("/")[2]) for row in rows]
