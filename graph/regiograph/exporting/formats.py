"""The formats that a store can be written in: their names, the endings of their files, what they are for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the ending of its files ("" for a folder), its media type, what it holds in one line.

    The media type is one that IANA has, or "" where it has none.

    `streamed` says whether it is one file, `claims` whether the articles' claims can be left out of it.
    """

    name: str
    ending: str
    title: str
    media: str
    holds: str
    streamed: bool = True
    claims: bool = False


FORMATS = (
    Format("ttl", ".ttl", "Turtle", "text/turtle", "all graphs in one, each triple once", claims=True),
    Format("trig", ".trig", "TriG", "application/trig", "all graphs, each by its name", claims=True),
    Format("nq", ".nq", "N-Quads", "application/n-quads", "the same, one statement a line", claims=True),
    Format("jsonld", ".jsonld", "JSON-LD", "application/ld+json", "the same, one node a line", claims=True),
    Format("graphml", ".graphml", "GraphML", "application/xml", "the network, for yEd, Gephi, igraph, networkx"),
    Format("gexf", ".gexf", "GEXF", "application/xml", "the network, for Gephi"),
    Format("csv", "", "CSV tables", "text/csv", "entities, facts, evidence and articles, with a datapackage.json",
           streamed=False),
    Format("ftm", ".ftm.json", "FollowTheMoney", "", "people, bodies and their relations, for OpenAleph"),
    Format("void", ".void.ttl", "VoID and DCAT", "text/turtle", "how much of what the store holds, for catalogues"),
)  # fmt: skip


def named(name: str) -> Format:
    """Return the format of that name.

    Raises:
        KeyError: there is none.
    """
    return {each.name: each for each in FORMATS}[name]


def ending(name: str) -> Format | None:
    """Return the format that the name of a file ends like, None if it is none; the longest ending counts."""
    fitting = [each for each in FORMATS if each.ending and name.lower().endswith(each.ending)]
    return max(fitting, key=lambda each: len(each.ending), default=None)
