"""A few steps that tell what a network holds, each with the facts that bear it out.

Nothing is told that the facts do not say: a sum is the largest among those told in its currency, a plan stays a plan.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

import networkx as nx

from regiograph.network.brokers import Broker
from regiograph.network.facts import Stated, by_ends
from regiograph.network.importance import ranked
from regiograph.view import wording
from regiograph.view.looks import look, relation

_SHOWN = 6  # facts of a step
_NAMED = 3  # in its text
_MET = frozenset({"metWith", "visited", "signedAgreementWith", "participatedIn"})
Groups: TypeAlias = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A title, one or two sentences, the entities that it is about, by IRI, and what tells so."""

    title: str
    text: str
    entities: tuple[str, ...]
    facts: tuple[Stated, ...]


def story(
    graph: nx.MultiDiGraph[str], rank: Mapping[str, float], groups: Groups, brokers: Sequence[Broker]
) -> tuple[Step, ...]:
    """Return up to seven steps; what the network has nothing of is left out.

    `rank` is the importance of its entities, `groups` are its communities, `brokers` those who tie them, the best
    placed first.
    """
    teller = _Teller(graph, rank, groups, brokers)
    steps: tuple[Callable[[], Step | None], ...] = (
        teller.centre, teller.sums, teller.network, teller.broker, teller.meetings, teller.plans, teller.newest,
    )  # fmt: skip
    return tuple(step for tell in steps if (step := tell()) is not None)


class _Teller:
    def __init__(
        self, graph: nx.MultiDiGraph[str], rank: Mapping[str, float], groups: Groups, brokers: Sequence[Broker]
    ) -> None:
        self._graph, self._rank, self._groups, self._brokers = graph, rank, groups, brokers
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
        largest = [each for _, each in sorted(found, key=lambda item: -item[0])]
        named = "; ".join(dict.fromkeys(self._sum(each) for each in largest[:_NAMED]))
        title = f"The largest sums told in {currency}" if len(found) > 1 else f"A sum of {currency}"
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
        return Step(f"{len(who)} members of {self._label(joined)}", text, (joined, *who), _best(facts))

    def broker(self) -> Step | None:
        """Who ties two groups."""
        if not self._brokers:
            return None
        found = self._brokers[0]
        keys = set(found.facts)
        facts = [each for each in self._told if each.iri in keys]
        near = [self._label(self._groups[group][0]) for group in found.communities[1:]][:_NAMED]
        who = self._label(found.entity)
        common, around = wording.counted(len(facts), "fact"), "group" if len(near) == 1 else "groups"
        text = f"It has {common} in common with the {around} around {wording.listed(near)}."
        return Step(f"{who} ties groups together", text, (found.entity,), _best(facts))

    def meetings(self) -> Step | None:
        """Who met, visited or signed with whom, last."""
        facts = sorted((each for each in self._told if each.fact.predicate in _MET), key=_latest, reverse=True)
        if len(facts) < 2:
            return None
        last = self._sentence(facts[0])
        text = f"{len(facts)} times people met, visited or signed, or took part in something. Lastly: {last}."
        return Step("Who met, visited and signed", text, (), tuple(facts[:_SHOWN]))

    def plans(self) -> Step | None:
        """What is planned or proposed."""
        facts = [each for each in self._told if each.fact.modality != "asserted"]
        if not facts:
            return None
        text = f"Stated as to come, not as done. Among them: {self._sentence(_best(facts)[0])}."
        return Step("A plan" if len(facts) == 1 else f"{len(facts)} plans and proposals", text, (), _best(facts))

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
        named = [self._label(node) for node in nodes[: _NAMED + 1]]
        return (
            wording.listed(named)
            if len(nodes) <= len(named)
            else f"{', '.join(named)} and {len(nodes) - len(named)} more"
        )

    def _sum(self, each: Stated) -> str:
        said = dict(each.fact.qualifiers)
        amount = wording.literal("hasAmount", said.get("amount", each.fact.value), said)
        there = f" {relation(each.fact.predicate)[0]} {self._label(each.object)}" if each.object is not None else ""
        manner = "" if each.fact.modality == "asserted" else f" ({each.fact.modality})"
        return f"{self._label(each.subject)}{there}: {amount}{manner}"

    def _sentence(self, each: Stated) -> str:
        said = dict(each.fact.qualifiers)
        end = (
            self._label(each.object)
            if each.object is not None
            else wording.literal(each.fact.predicate, each.fact.value, said)
        )
        notes = ", ".join(wording.notes(each.fact.predicate, said))
        when = wording.date(each.fact.date) if each.fact.date else ""
        more = ", ".join(filter(None, (notes, when)))
        words = f"{self._label(each.subject)} {relation(each.fact.predicate)[0]} {end}"
        return f"{words} ({more})" if more else words


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
