"""`review`: what is for people to decide, one by one or by command, and the log of it."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regiograph.cli.console import err, out, say, table
from regiograph.cli.options import decisions_option, default_log, opened, store_option
from regiograph.errors import QueryError

if TYPE_CHECKING:
    from regiograph.entities.decisions import Act, Decision, Standing
    from regiograph.matching.profiles import Profile
    from regiograph.matching.resolution import Proposal
    from regiograph.rdf.store import Store

_SHOWN = 4  # names, and entities that one stands with
_DOUBTED = """SELECT ?claim ?subject ?predicate ?object ?confidence ?quote ?title {
  GRAPH ?article { ?claim a rg:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; rg:confidence ?confidence ;
      rg:evidence/oa:hasSelector/oa:exact ?quote . OPTIONAL { ?article dcterms:title ?title } }
  FILTER(?confidence >= %s && ?confidence < %s)
  FILTER NOT EXISTS { GRAPH ?decisions { ?claim rg:reviewStatus ?status } FILTER(?status != rg:unreviewed) }
  OPTIONAL { ?s rdfs:label ?sl } OPTIONAL { ?o rdfs:label ?ol }
  BIND(COALESCE(?sl, STR(?s)) AS ?subject) BIND(STRAFTER(STR(?p), "#") AS ?predicate)
  BIND(COALESCE(?ol, STR(?o)) AS ?object)
} ORDER BY DESC(?confidence) ?claim"""


@dataclass(slots=True)
class Desk:
    """Where decisions are made: the store, the log, and who decides."""

    store: Path
    log: Path
    who: str

    def decide(self, act: Act, *about: str) -> Decision:
        """Write a decision into the log, and return it."""
        from regiograph.entities.decisions import Decision, append

        made = Decision(act, about, self.who, datetime.now(UTC).isoformat(timespec="milliseconds"))
        append(self.log, [made])
        return made

    def settle(self) -> None:
        """Let the store follow the log."""
        from regiograph.cli.building import tell_settled
        from regiograph.pipeline import settle
        from regiograph.rdf.inference import infer

        with opened(self.store) as store:
            settled = settle(store, self.log)
            infer(store)
        tell_settled(settled)
        say(f"The store in {self.store} follows; write its files anew with: regiograph build, export, view")


@click.group(invoke_without_command=True)
@store_option()
@decisions_option()
@click.option("--who", envvar="REGIOGRAPH_REVIEWER", help="Who decides.  [default: the name you are logged in by]")
@click.option("--from", "least", type=click.FloatRange(0, 1), default=0.6, show_default=True,
              help="Claims of this confidence and more that make no fact are shown, after the pairs.")  # fmt: skip
@click.pass_context
def review(context: click.Context, store_path: Path, log: Path | None, who: str | None, least: float) -> None:
    """Decide what is in doubt: pairs that may be one, and claims that are not sure enough.

    \b
    regiograph review                      one by one: s(ame), d(ifferent), a(ccept), r(eject), n(ext), u(ndo), q(uit)
    regiograph review list                 what there is to decide
    regiograph review merge A B            names or IRIs; also split A B, rename A NAME
    regiograph review reject CLAIM         by its IRI; also accept
    regiograph review log                  what was decided; undo ID takes it back

    Decisions go into a log of JSON lines, which can be kept in git. Every build applies it, whatever reads the
    articles.
    """
    desk = Desk(store_path, log or default_log(store_path), who or _login())
    context.obj = desk
    if context.invoked_subcommand is None:
        _one_by_one(desk, least)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return os.environ.get("USER", "unknown")


def _one_by_one(desk: Desk, least: float) -> None:
    """Show what is in doubt, ask, and write down each answer at once."""
    from regiograph.entities.decisions import Act

    pending = _pending(desk, least)
    if not pending:
        say("There is nothing to decide")
        return
    made: list[tuple[int, Decision]] = []
    at = 0
    while at < len(pending):
        kind, about, show = pending[at]
        show(f"{at + 1} of {len(pending)}")
        keys = {"s": Act.MERGE, "d": Act.SPLIT} if kind == "pair" else {"a": Act.ACCEPT, "r": Act.REJECT}
        answer = _key("same, different" if kind == "pair" else "accept, reject", keys)
        if answer == "q":
            break
        if answer == "u":
            at = _taken_back(desk, made, at)
            continue
        if answer in keys:
            made.append((at, desk.decide(keys[answer], *about)))
        at += 1
    say(f"Decided: {len(made)}; kept in {desk.log}")
    if made:
        desk.settle()


def _taken_back(desk: Desk, made: list[tuple[int, Decision]], at: int) -> int:
    """Undo the last decision, and return where it was made."""
    from regiograph.entities.decisions import Act

    if not made:
        say("There is nothing to undo")
        return at
    where, decision = made.pop()
    desk.decide(Act.UNDO, decision.id)
    return where


def _key(words: str, keys: dict[str, Act]) -> str:
    """Ask for the first letter of one of some words, or of next, undo and quit."""
    words += ", next, undo, quit"
    allowed = {*keys, "n", "u", "q"}
    while True:
        said = click.prompt(words, default="n", show_default=False, err=True).strip().lower()[:1]
        if said in allowed:
            return str(said)
        say(f"One of: {words}")


_Item = tuple[str, tuple[str, ...], Callable[[str], None]]


def _pending(desk: Desk, least: float) -> list[_Item]:
    """Return what is to be decided: pairs, the likeliest first, then claims, the surest first."""
    from regiograph.entities import decisions
    from regiograph.matching.settling import content

    held = decisions.standing(decisions.read(desk.log))
    with opened(desk.store, read_only=True) as store:
        known, found = _proposed(store, held)
        items: list[_Item] = [("pair", (p.one, p.other), _pair_shower(p, known)) for p in found]
        for row in _doubted(store, least):
            about = content(store, row["claim"])
            if about is not None and about not in held.claims:
                items.append(("claim", about, _claim_shower(row)))
    return items


def _proposed(store: Store, held: Standing) -> tuple[dict[str, Profile], tuple[Proposal, ...]]:
    """Return the entities of a store, and the pairs that may be one, after what people have decided."""
    from regiograph.matching.profiles import profiles
    from regiograph.matching.resolution import Ruled, resolve

    known = profiles(store.quads)
    return known, resolve(known, Ruled(held.same, held.different)).proposals


def _doubted(store: Store, least: float) -> Iterator[dict[str, Any]]:
    from regiograph.query.local import select

    for row in select(store, _DOUBTED % (f"{least:f}", f"{store.min_confidence:f}")):
        yield dict(row)


def _pair_shower(proposal: Proposal, known: dict[str, Profile]) -> Callable[[str], None]:
    def show(place: str) -> None:
        one, other = known[proposal.one], known[proposal.other]
        rows = [
            ("names", *(", ".join(each.names[:_SHOWN]) for each in (one, other))),
            ("type", one.type.value, other.type.value),
            ("articles", str(len(one.articles)), str(len(other.articles))),
            ("stands with", *(_labels(each, known) for each in (one, other))),
            ("IRI", one.entity, other.entity),
        ]
        err().print(table(f"{place}: one or two? {proposal.score:.0%} likely", ("", "one", "other"), rows))
        say("; ".join(proposal.reasons))

    return show


def _labels(profile: Profile, known: dict[str, Profile]) -> str:
    near = sorted(profile.near or profile.around)
    return ", ".join(known[entity].names[0] for entity in near[:_SHOWN] if entity in known)


def _claim_shower(row: dict[str, Any]) -> Callable[[str], None]:
    def show(place: str) -> None:
        say(f"\n{place}: {row['subject']} – {row['predicate']} – {row['object']}, {float(row['confidence']):.0%} sure")
        say(f"  “{' '.join(str(row['quote']).split())}”\n  {row.get('title') or ''}")

    return show


@review.command("list")
@click.pass_obj
def list_(desk: Desk) -> None:
    """Print what there is to decide, with scores."""
    from regiograph.entities import decisions

    held = decisions.standing(decisions.read(desk.log))
    with opened(desk.store, read_only=True) as store:
        known, found = _proposed(store, held)
    rows = [(f"{p.score:.2f}", known[p.one].names[0], known[p.other].names[0], "; ".join(p.reasons)) for p in found]
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(row))
    else:
        out().print(table(None, ("score", "one", "other", "why"), rows))
    say(f"{len(rows)} pairs may be one")


@review.command()
@click.argument("claim")
@click.pass_obj
def accept(desk: Desk, claim: str) -> None:
    """Believe a claim, whatever its confidence."""
    _on_claim(desk, "accept", claim)


@review.command()
@click.argument("claim")
@click.pass_obj
def reject(desk: Desk, claim: str) -> None:
    """Believe a claim no more."""
    _on_claim(desk, "reject", claim)


def _on_claim(desk: Desk, act: str, claim: str) -> None:
    from regiograph.entities.decisions import Act
    from regiograph.matching.settling import content

    with opened(desk.store, read_only=True) as store:
        about = content(store, claim)
    if about is None:
        raise QueryError(f"there is no claim <{claim}> in {desk.store}")
    _done(desk, desk.decide(Act(act), *about))


@review.command()
@click.argument("one")
@click.argument("other")
@click.pass_obj
def merge(desk: Desk, one: str, other: str) -> None:
    """Say that two entities, by name or IRI, are one."""
    _on_pair(desk, "merge", one, other)


@review.command()
@click.argument("one")
@click.argument("other")
@click.pass_obj
def split(desk: Desk, one: str, other: str) -> None:
    """Say that two entities, by name or IRI, are not one."""
    _on_pair(desk, "split", one, other)


def _on_pair(desk: Desk, act: str, one: str, other: str) -> None:
    from regiograph.entities.decisions import Act

    with opened(desk.store, read_only=True) as store:
        first, second = _entity(store, one), _entity(store, other)
    if first == second:
        raise QueryError(f"{one!r} and {other!r} are the same entity already, <{first}>; to part them give their IRIs")
    _done(desk, desk.decide(Act(act), first, second))


def _entity(store: Store, words: str) -> str:
    """Return the IRI that words mean; one that articles mention is taken as it is, even if another stands for it."""
    from regiograph.cli.viewing import entities
    from regiograph.rdf.identities import ENTITY
    from regiograph.rdf.nodes import iri

    if words.startswith(store.base) and next(store.quads.quads_for_pattern(None, ENTITY, iri(words), None), None):
        return words
    return entities(store, (words,), "ENTITY")[0]


@review.command()
@click.argument("entity")
@click.argument("name")
@click.pass_obj
def rename(desk: Desk, entity: str, name: str) -> None:
    """Give an entity, by name or IRI, the name under which it is shown."""
    from regiograph.entities.decisions import Act

    with opened(desk.store, read_only=True) as store:
        found = _entity(store, entity)
    _done(desk, desk.decide(Act.RENAME, found, name))


@review.command()
@click.argument("decision")
@click.pass_obj
def undo(desk: Desk, decision: str) -> None:
    """Take a decision back, by its id as `review log` prints it."""
    from regiograph.entities.decisions import Act, read

    if decision not in {each.id for each in read(desk.log)}:
        raise QueryError(f"there is no decision {decision!r} in {desk.log}; see: regiograph review log")
    _done(desk, desk.decide(Act.UNDO, decision))


@review.command()
@click.pass_obj
def log(desk: Desk) -> None:
    """Print what was decided, when and by whom."""
    from regiograph.entities.decisions import read

    for each in read(desk.log):
        click.echo("\t".join((each.id, each.when, each.who, each.act, *each.about, each.note)).rstrip())


def _done(desk: Desk, made: Decision) -> None:
    say(f"Decided: {made.act} ({made.id}), kept in {desk.log}")
    desk.settle()
