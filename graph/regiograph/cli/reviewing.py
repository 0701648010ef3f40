"""`review`: what is for people to decide, one by one or by command, and the log of it."""

from __future__ import annotations

import getpass
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regiograph.cli.console import err, out, say, table
from regiograph.cli.options import DOUBTED, decisions_option, default_log, opened, store_option

if TYPE_CHECKING:
    from regiograph.entities.decisions import Act, Decision
    from regiograph.matching.resolution import Proposal
    from regiograph.reviewing.pending import Bench, Doubt, Item
    from regiograph.view.said import Said


@dataclass(slots=True)
class Desk:
    """Where decisions are made: the store, the log, who decides, and the confidence from which claims are shown."""

    store: Path
    log: Path
    who: str
    least: float

    def decide(self, act: Act, *said: str) -> Decision:
        """Write a decision on what people have said into the log, and return it.

        Raises:
            InputError: what is said fits nothing; nothing was written.
        """
        from regiograph.entities.decisions import decide
        from regiograph.reviewing.deciding import about

        with opened(self.store, read_only=True) as store:
            meant = about(store, self.log, act, said)
        return decide(self.log, act, meant, self.who)

    def settle(self) -> None:
        """Let the store follow the log."""
        from regiograph.cli.building import tell_settled
        from regiograph.entities.decisions import read
        from regiograph.matching.settling import follow

        with opened(self.store) as store:
            settled = follow(store, read(self.log))
        tell_settled(settled)
        say(f"The store in {self.store} follows; write its files anew with: regiograph build, export, view")

    def bench(self) -> tuple[Bench, tuple[Item, ...]]:
        """Return the store as those see it who decide, and what is left to decide."""
        from regiograph.entities.decisions import read
        from regiograph.reviewing.pending import Bench

        with opened(self.store, read_only=True) as store:
            bench = Bench(store, self.least)
            return bench, bench.pending(read(self.log)).items


@click.group(invoke_without_command=True)
@store_option()
@decisions_option()
@click.option("--who", envvar="REGIOGRAPH_REVIEWER", help="Who decides.  [default: the name you are logged in by]")
@click.option("--from", "least", type=click.FloatRange(0, 1), default=DOUBTED, show_default=True,
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
    articles. The same in a browser: regiograph serve --review.
    """
    desk = Desk(store_path, log or default_log(store_path), who or _login(), least)
    context.obj = desk
    if context.invoked_subcommand is None:
        _one_by_one(desk)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return os.environ.get("USER", "unknown")


def _one_by_one(desk: Desk) -> None:
    """Show what is in doubt, ask, and write down each answer at once."""
    from regiograph.matching.resolution import Proposal
    from regiograph.reviewing.pending import keys

    bench, items = desk.bench()
    if not items:
        say("There is nothing to decide")
        return
    made: list[tuple[int, Decision]] = []
    at = 0
    while at < len(items):
        item, place = items[at], f"{at + 1} of {len(items)}"
        if isinstance(item, Proposal):
            _show_pair(bench, item, place)
            said: tuple[str, ...] = (item.one, item.other)
        elif _show_claim(desk, item, place):
            said = (item.claim,)
        else:
            at += 1
            continue
        answer = _key(keys(item))
        if answer == "q":
            break
        if answer == "u":
            at = _taken_back(desk, made, at)
            continue
        if answer in keys(item):
            made.append((at, desk.decide(keys(item)[answer], *said)))
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


def _key(keys: dict[str, Act]) -> str:
    """Ask for one of the keys that decide, or for next, undo and quit."""
    words = ("same, different" if "s" in keys else "accept, reject") + ", next, undo, quit"
    while True:
        said = click.prompt(words, default="n", show_default=False, err=True).strip().lower()[:1]
        if said in {*keys, "n", "u", "q"}:
            return str(said)
        say(f"One of: {words}")


def _show_pair(bench: Bench, pair: Proposal, place: str) -> None:
    sides = bench.sides(pair)
    rows = [
        ("names", *(", ".join(each.names) for each in sides)),
        ("type", *(each.type for each in sides)),
        ("articles", *(str(len(each.articles)) for each in sides)),
        ("stands with", *(", ".join(name for _, name in each.near) for each in sides)),
        ("IRI", *(each.entity for each in sides)),
    ]
    err().print(table(f"{place}: one or two? {pair.score:.0%} likely", ("", "one", "other"), rows))
    say("; ".join(pair.reasons))


def _show_claim(desk: Desk, doubt: Doubt, place: str) -> bool:
    """Show a claim; False if it is gone, as another process may have withdrawn its article."""
    from regiograph.reviewing.pending import claim

    with opened(desk.store, read_only=True) as store:
        found = claim(store, doubt)
    if found is None:
        return False
    article, said = found
    say(f"\n{place}: {_stated(said)}; {said.confidence:.0%} sure")
    say(f"  “{' '.join(said.words.split())}”\n  {article.title}")
    return True


def _stated(said: Said) -> str:
    """Return in few words what a claim says."""
    relation = f"not {said.relation}" if said.denied else said.relation
    obj = said.obj.label if said.obj is not None else said.value
    notes = "".join(f", {each}" for each in (*said.notes, said.date, said.modality) if each)
    return " ".join(f"{said.subject.label} – {relation} – {obj}{notes}".split())


@review.command("list")
@click.pass_obj
def list_(desk: Desk) -> None:
    """Print what there is to decide, with scores: pairs that may be one, then claims that are in doubt."""
    from regiograph.matching.resolution import Proposal
    from regiograph.reviewing.pending import claims

    bench, items = desk.bench()
    pairs = [item for item in items if isinstance(item, Proposal)]
    doubts = [item for item in items if not isinstance(item, Proposal)]
    likely = [(f"{p.score:.2f}", bench.name(p.one), bench.name(p.other), "; ".join(p.reasons)) for p in pairs]
    with opened(desk.store, read_only=True) as store:
        doubted = [
            (f"{said.confidence:.2f}", doubt.claim, _stated(said), " ".join(said.words.split()))
            for doubt, _, said in claims(store, doubts)
        ]
    if not sys.stdout.isatty():
        for kind, rows in (("pair", likely), ("claim", doubted)):
            for row in rows:
                click.echo("\t".join((kind, *row)))
    else:
        out().print(table(None, ("score", "one", "other", "why"), likely))
        out().print(table(None, ("score", "claim", "says", "sentence"), doubted))
    say(f"{len(likely)} pairs may be one; {len(doubted)} claims are in doubt")


@review.command()
@click.argument("claim")
@click.pass_obj
def accept(desk: Desk, claim: str) -> None:
    """Believe a claim, whatever its confidence."""
    _done(desk, "accept", claim)


@review.command()
@click.argument("claim")
@click.pass_obj
def reject(desk: Desk, claim: str) -> None:
    """Believe a claim no more."""
    _done(desk, "reject", claim)


@review.command()
@click.argument("one")
@click.argument("other")
@click.pass_obj
def merge(desk: Desk, one: str, other: str) -> None:
    """Say that two entities, by name or IRI, are one."""
    _done(desk, "merge", one, other)


@review.command()
@click.argument("one")
@click.argument("other")
@click.pass_obj
def split(desk: Desk, one: str, other: str) -> None:
    """Say that two entities, by name or IRI, are not one."""
    _done(desk, "split", one, other)


@review.command()
@click.argument("entity")
@click.argument("name")
@click.pass_obj
def rename(desk: Desk, entity: str, name: str) -> None:
    """Give an entity, by name or IRI, the name under which it is shown."""
    _done(desk, "rename", entity, name)


@review.command()
@click.argument("decision")
@click.pass_obj
def undo(desk: Desk, decision: str) -> None:
    """Take a decision back, by its id as `review log` prints it."""
    _done(desk, "undo", decision)


@review.command()
@click.pass_obj
def log(desk: Desk) -> None:
    """Print what was decided, when and by whom."""
    from regiograph.entities.decisions import read

    for each in read(desk.log):
        click.echo("\t".join((each.id, each.when, each.who, each.act, *each.about, each.note)).rstrip())


def _done(desk: Desk, act: str, *said: str) -> None:
    from regiograph.entities.decisions import Act

    made = desk.decide(Act(act), *said)
    say(f"Decided: {made.act} ({made.id}), kept in {desk.log}")
    desk.settle()
