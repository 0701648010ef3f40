"""A few steps that tell what a network holds, each with the facts that bear it out.

Nothing is told that the facts do not say: a sum is the largest among those told in its currency, a plan stays a plan.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import networkx as nx

from regiograph.network.brokers import Broker
from regiograph.network.facts import Stated, by_ends
from regiograph.network.importance import ranked
from regiograph.terms import Modality, Predicate
from regiograph.view import wording
from regiograph.view.looks import look, relation
from regiograph.view.walking import brokering

_SHOWN = 6  # facts of a step
_NAMED = 3  # in its text
_MET = frozenset({"metWith", "visited", "signedAgreementWith", "participatedIn"})


@dataclass(frozen=True, slots=True)
class Step:
    """A title, one or two sentences, the entities that it is about, by IRI, and what tells so."""

    title: str
    text: str
    entities: tuple[str, ...]
    facts: tuple[Stated, ...]


def story(
    graph: nx.MultiDiGraph[str], rank: Mapping[str, float], brokers: Sequence[Broker], bridges: Sequence[Broker]
) -> tuple[Step, ...]:
    """Return up to seven steps; what the network has nothing of is left out.

    `rank` is the importance of its entities; `brokers` tie its regions, `bridges` its communities, who ties most first.
    """
    teller = _Teller(graph, rank, brokers, bridges)
    steps: tuple[Callable[[], Step | None], ...] = (
        teller.centre, teller.sums, teller.network, teller.broker, teller.meetings, teller.plans, teller.newest,
    )  # fmt: skip
    return tuple(step for tell in steps if (step := tell()) is not None)


class _Teller:
    def __init__(
        self,
        graph: nx.MultiDiGraph[str],
        rank: Mapping[str, float],
        brokers: Sequence[Broker],
        bridges: Sequence[Broker],
    ) -> None:
        self._graph, self._rank, self._brokers, self._bridges = graph, rank, brokers, bridges
        self._told = by_ends(graph)

    def centre(self) -> Step | None:
        """Who is best placed in the network."""
        first = next(iter(ranked(self._graph, self._rank)), None)
        facts = self._about(first) if first else ()
        others = {end for fact in facts for end in (fact.subject, fact.object) if end not in (first, None)}
        if first is None or len(others) < 2:
            return None
        articles = len({article for fact in facts for article in fact.articles})
        kind = look(self._graph.nodes[first]["type"]).label.lower()
        text = (
            f"No other name holds as much of this network together: the {kind} is tied to {len(others)} others by "
            f"{wording.counted(len(facts), 'fact')} from {wording.counted(articles, 'article')}."
        )
        return Step(f"{self._label(first)} is at the centre", text, (first, *sorted(others)), _best(facts))

    def sums(self) -> Step | None:
        """The largest sums in the currency in which most are told."""
        by_currency: dict[str, list[tuple[Decimal, Stated]]] = defaultdict(list)
        for each in self._told:
            if (amount := _amount(each)) is not None:
                by_currency[amount[1]].append((amount[0], each))
        if not by_currency:
            return None
        currency, found = min(by_currency.items(), key=lambda item: (-len(item[1]), item[0]))
        largest = _each_once([each for _, each in sorted(found, key=lambda item: (-item[0], item[1].object is None))])
        named = "; ".join(self._sum(each) for each in largest[:_NAMED])
        title = f"The largest sums told in {currency}" if len(largest) > 1 else f"A sum of {currency}"
        return Step(title, f"{named}.", (), tuple(largest[:_SHOWN]))

    def network(self) -> Step | None:
        """The network with most members."""
        members: dict[str, list[Stated]] = defaultdict(list)
        for each in self._told:
            if each.fact.predicate == "memberOf" and each.object is not None:
                members[each.object].append(each)
        if not members:
            return None
        joined, facts = min(members.items(), key=lambda item: (-len({f.subject for f in item[1]}), item[0]))
        who = self._in_order({fact.subject for fact in facts})
        if len(who) < 2:
            return None
        text = f"{self._list(who)} belong to {self._label(joined)}."
        return Step(f"{len(who):,} members of {self._label(joined)}", text, (joined, *who), _best(facts))

    def broker(self) -> Step | None:
        """Who ties most regions, or else groups."""
        found = next(iter((*self._brokers, *self._bridges)), None)
        if found is None:
            return None
        what = "regions" if self._brokers else "groups"
        keys = set(found.facts)
        facts = [each for each in self._told if each.iri in keys]
        text = brokering(self._graph, found, "" if self._brokers else "the groups of ")
        return Step(f"{self._label(found.entity)} ties {what} together", text, (found.entity,), _best(facts))

    def meetings(self) -> Step | None:
        """Who met, visited or signed with whom, last."""
        facts = sorted((each for each in self._told if each.fact.predicate in _MET), key=_latest, reverse=True)
        if len(facts) < 2:
            return None
        last = self._sentence(facts[0])
        text = f"{len(facts):,} times people met, visited or signed, or took part in something. Lastly: {last}."
        return Step("Who met, visited and signed", text, (), tuple(facts[:_SHOWN]))

    def plans(self) -> Step | None:
        """What is planned or proposed, what other steps do not tell first."""
        facts = [each for each in self._told if each.fact.modality != Modality.ASSERTED]
        if not facts:
            return None
        sums = self.sums()
        told = {_sum_of(each) for each in sums.facts} if sums else set()
        new = [each for each in facts if _sum_of(each) not in told] or facts
        first = _best([each for each in new if each.object is not None] or new)
        text = f"Told as to come, not as done. Among them: {self._sentence(first[0])}."
        return Step("A plan" if len(facts) == 1 else f"{len(facts):,} plans and proposals", text, (), first)

    def newest(self) -> Step | None:
        """What the newest article tells."""
        last = max((each.newest for each in self._told), default="")
        facts = [each for each in self._told if last and each.newest == last]
        if not facts:
            return None
        titles = Counter(q.title for each in facts for q in each.fact.evidence if q.date == last)
        title = min(titles, key=lambda name: (-titles[name], name))
        text = f"“{title}” of {wording.date(last)} tells {wording.counted(len(facts), 'fact')}."
        return Step("The newest", text, (), _best(facts))

    def _label(self, node: str) -> str:
        return str(self._graph.nodes[node]["label"])

    def _about(self, node: str) -> tuple[Stated, ...]:
        return tuple(each for each in self._told if node in (each.subject, each.object))

    def _in_order(self, nodes: Iterable[str]) -> list[str]:
        return sorted(nodes, key=lambda node: (-int(self._graph.nodes[node]["articles"]), self._label(node)))

    def _list(self, nodes: Sequence[str]) -> str:
        return wording.some([self._label(node) for node in nodes])

    def _sum(self, each: Stated) -> str:
        said = dict(each.fact.qualifiers)
        amount = wording.literal("hasAmount", said.get("amount", each.fact.value), said)
        there = f" {relation(each.fact.predicate)[0]} {self._label(each.object)}" if each.object is not None else ""
        manner = "" if each.fact.modality == Modality.ASSERTED else f" ({each.fact.modality})"
        return f"{self._label(each.subject)}{there}: {amount}{manner}"

    def _sentence(self, each: Stated) -> str:
        said = dict(each.fact.qualifiers)
        subject, end = self._label(each.subject), self._end(each)
        words = f"{subject} {relation(each.fact.predicate)[0]} {end}"
        notes = wording.notes(each.fact.predicate, said)
        if each.fact.predicate == Predicate.HAS_INDICATOR and notes:
            words, notes = f"{subject}: {notes[0]} of {end}", notes[1:]
        date = wording.date(each.fact.date) if each.fact.date else ""
        manner = "" if each.fact.modality == Modality.ASSERTED else each.fact.modality
        more = ", ".join(filter(None, (*notes, date, manner)))
        return f"{words} ({more})" if more else words

    def _end(self, each: Stated) -> str:
        if each.object is not None:
            return self._label(each.object)
        return wording.literal(each.fact.predicate, each.fact.value, dict(each.fact.qualifiers))


def _each_once(facts: Iterable[Stated]) -> list[Stated]:
    """Return facts without those that tell a sum of the same again, as the worth of a project and what is put in."""
    found: dict[object, Stated] = {}
    for each in facts:
        found.setdefault(_sum_of(each), each)
    return list(found.values())


def _sum_of(each: Stated) -> tuple[str, tuple[Decimal, str] | None]:
    return each.object or each.subject, _amount(each)


def _amount(each: Stated) -> tuple[Decimal, str] | None:
    """Return the number, of a range the lower one, and the currency of a sum of money."""
    said = dict(each.fact.qualifiers)
    number = said.get("amount") or (each.fact.value if each.fact.predicate == "hasAmount" else "")
    if not number or "currency" not in said:
        return None
    try:
        return Decimal(number.split("/")[0]), said["currency"]
    except InvalidOperation:
        return None


def _best(facts: Iterable[Stated]) -> tuple[Stated, ...]:
    """Return the facts of a step: those told by most articles, the surest, the newest."""
    return tuple(sorted(facts, key=lambda each: (-len(each.articles), -each.fact.confidence))[:_SHOWN])


def _latest(each: Stated) -> tuple[str, str, str]:
    return each.fact.date or each.newest, each.subject, each.object or ""
