"""A store goes to a server whole: staged, counted, made public by one request; whatever happens on the way."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from between import Passing, between
from commandline import call
from places import Place, held
from press import Draft
from regiograph.entities.identity import BASE
from regiograph.errors import EndpointError, RefusedError, TermError
from regiograph.publishing.publication import Outcome
from regiograph.query.asking import answer
from regiograph.query.catalogue import questions
from regiograph.rdf.nodes import DEFAULT
from regiograph.rdf.nodes import iri as node
from regiograph.rdf.store import Store
from regiograph.terms import Predicate
from servers import Server, free_port, oxigraph

BATCH = 100
STRANGER = "https://example.org/stranger"


def is_switch(passing: Passing) -> bool:
    """Whether an update is the one that makes things public."""
    return passing.body.startswith(b"MOVE")


def test_a_server_shows_what_the_store_holds(any_place: Place, before: Path) -> None:
    """Every graph under its own name, the knowledge where it is to go, and nothing left in staging."""
    outcome = any_place.publish(before)
    assert any_place.shows() == held(before)
    assert not any_place.staging()
    triples = sum(map(len, held(before).values()))
    assert outcome == Outcome(graphs=5, triples=triples, resumed=0, unchanged=0, withdrawn=0, requests=1)


def test_a_second_publication_sends_what_has_changed(any_place: Place, before: Path, after: Path) -> None:
    """Unchanged graphs stay, withdrawn ones disappear, in the very request that shows the new ones."""
    any_place.publish(before)
    outcome = any_place.publish(after)
    assert any_place.shows() == held(after)
    assert (outcome.graphs, outcome.unchanged, outcome.withdrawn, outcome.requests) == (5, 1, 1, 1)


def test_the_same_store_again_sends_nothing(place: Place, before: Path) -> None:
    """No update at all goes out."""
    place.publish(before)
    with between(place.server) as standing:
        assert place.through(standing.server).publish(before) == Outcome(0, 0, 0, unchanged=5, withdrawn=0)
    assert not standing.seen


def test_a_graph_that_somebody_changed_on_the_server_is_sent_again(place: Place, before: Path) -> None:
    """What the list says is believed only if the counts agree."""
    place.publish(before)
    place.updates.send(f"CLEAR GRAPH <{BASE}article/zone>")
    assert place.publish(before).graphs == 1
    assert place.shows() == held(before)


def test_an_empty_store_withdraws_everything(any_place: Place, before: Path, tmp_path: Path) -> None:
    """Nothing is left, not even a list."""
    Store.open(tmp_path / "empty", min_confidence=0.5).close()
    any_place.publish(before)
    assert any_place.publish(tmp_path / "empty").withdrawn == 5
    assert not any_place.shows() and not any_place.staging()


def test_other_graphs_of_the_server_stay(any_place: Place, before: Path, after: Path) -> None:
    """Only graphs that were published, and staging of our own, are ever touched."""
    any_place.updates.send(f"INSERT DATA {{ GRAPH <{STRANGER}> {{ <{STRANGER}> <{STRANGER}> 1 }} }}")
    any_place.publish(before)
    any_place.publish(after)
    assert STRANGER in any_place.shows()


def test_what_nobody_published_is_not_replaced_unasked(place: Place, before: Path) -> None:
    """A default graph that holds something else is kept, unless one says so; so is a graph named by --graph."""
    place.updates.send(f"INSERT DATA {{ <{STRANGER}> <{STRANGER}> 1 . GRAPH <{STRANGER}> {{ <a:a> <a:a> 2 }} }}")
    for knowledge in (DEFAULT, node(STRANGER)):
        for _ in range(2):
            with pytest.raises(EndpointError, match="1 triples that were not published from here"):
                Place(place.server, knowledge).publish(before)
    assert place.shows() == {
        "knowledge": {f'<{STRANGER}> <{STRANGER}> "1"^^<http://www.w3.org/2001/XMLSchema#integer>'},
        STRANGER: {'<a:a> <a:a> "2"^^<http://www.w3.org/2001/XMLSchema#integer>'},
    }
    place.publish(before, replace=True)
    assert place.shows().pop("knowledge") == held(before)["knowledge"]


def test_the_knowledge_may_move_to_another_graph(place: Place, before: Path) -> None:
    """With --graph after a publication without it the default graph is cleared, for it is no longer published."""
    place.publish(before)
    moved = Place(place.server, node("https://example.org/knowledge"))
    moved.publish(before)
    assert moved.shows() == held(before)
    assert "knowledge" not in place.shows()


@pytest.mark.parametrize("name", ["article/zone", "reference", "published", "staging", "staging/x"])
def test_the_knowledge_takes_no_name_that_is_taken(place: Place, before: Path, name: str) -> None:
    """It would overwrite another graph."""
    with pytest.raises(TermError, match="name of another graph"):
        Place(place.server, node(BASE + name)).publish(before)


def test_a_default_graph_that_is_all_graphs_is_refused(virtuoso_server: Server, before: Path) -> None:
    """Virtuoso's cannot be written to; the error says what can be done."""
    with pytest.raises(EndpointError, match=r"--graph IRI, and ask with \?default-graph-uri="):
        Place(virtuoso_server, DEFAULT).publish(before)


def test_questions_do_not_see_the_staging(place: Place, before: Path, after: Path) -> None:
    """While everything new waits, each question of the catalogue has its old answer."""
    given = {
        "about": "Tomsk region", "network": "Innovative Regions Union", "one": "Tomsk region", "other": "Russia",
        "region": "Russia", "zone": "Tomsk zone", "entity": "Autowerk", "below": "0.99",
    }  # fmt: skip

    def answers() -> dict[str, object]:
        return {
            question.name: answer(
                place.endpoint.run, question, {p.name: given[p.name] for p in question.parameters if not p.optional}
            )
            for question in questions()
        }

    place.publish(before)
    old = answers()
    _stop_at_the_switch(place, after)
    assert place.staging()
    new = answers()
    assert [name for name in old if old[name] != new[name]] == []


@pytest.mark.parametrize("killed", ["before", "after"])
@pytest.mark.slow
def test_hostile_88_a_killed_client_leaves_the_old_and_the_same_command_goes_on(
    place: Place, before: Path, after: Path, killed: str
) -> None:
    """Killed at each of its updates, before or after the server has done it: old in full, or new in full."""
    place.publish(before)
    for kill in range(1, 100):
        process: list[subprocess.Popen[bytes]] = []

        def act(passing: Passing, kill: int = kill, process: list[subprocess.Popen[bytes]] = process) -> None:
            if passing.number < kill:
                passing.on()
                return
            if killed == "after":
                passing.ask()
            process[0].send_signal(signal.SIGKILL)
            passing.cut()

        with between(place.server, act) as standing:
            command = [sys.executable, "-m", "regiograph", "publish", standing.server.query, "--store", after]
            command += ["--update-endpoint", standing.server.update, "--batch", "50"]
            process.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
            code = process[0].wait()
        if code == 0:
            assert kill > 5
            break
        is_last = standing.seen[-1].startswith("MOVE") and killed == "after"
        assert code == -signal.SIGKILL
        assert place.shows() == held(after if is_last else before), kill
    assert place.shows() == held(after) and not place.staging()


def test_hostile_88_an_interrupted_upload_goes_on_where_it_ended(place: Place, before: Path) -> None:
    """Each attempt is cut off a little later; what was sent is not sent again, save for one batch a graph."""
    for end in (5, 3, 3):
        with (
            between(place.server, lambda p, end=end: p.on() if p.number <= end else p.answer(403)) as standing,
            pytest.raises(RefusedError),
        ):
            place.through(standing.server).publish(before, batch=BATCH)
        assert not place.shows()
    with between(place.server) as standing:
        outcome = place.through(standing.server).publish(before, batch=BATCH)
    assert outcome.resumed > 2 * BATCH
    assert place.shows() == held(before)
    again = sum(body.startswith("INSERT") for body in standing.seen)
    assert again < sum(-(-len(triples) // BATCH) for triples in held(before).values()) - 2


def test_hostile_88_a_batch_that_the_server_loses_is_noticed(place: Place, before: Path, after: Path) -> None:
    """A server that says done and did nothing fails the count; nothing becomes public, and later all is well."""
    place.publish(before)
    with (
        between(place.server, lambda p: p.answer(204) if p.number == 4 else p.on()) as standing,
        pytest.raises(EndpointError, match=r"does not hold the .* triples of .* that it took"),
    ):
        place.through(standing.server).publish(after, batch=BATCH)
    assert place.shows() == held(before)
    place.publish(after, batch=BATCH)
    assert place.shows() == held(after)


@pytest.mark.parametrize("next_one", ["the same", "another", "none"])
def test_hostile_88_staging_of_another_content_is_cleared(
    place: Place, before: Path, after: Path, tmp_path: Path, next_one: str
) -> None:
    """What was to be published and no longer is does not stay, whether the same is published again or another."""
    place.publish(before)
    _stop_at_the_switch(place, after)
    assert place.staging()
    last = before if next_one == "the same" else _changed(after, tmp_path) if next_one == "another" else None
    if last is None:
        Store.open(tmp_path / "none", min_confidence=0.5).close()
        last = tmp_path / "none"
    place.publish(last)
    assert not place.staging()
    assert place.shows() == held(last)


def _stop_at_the_switch(place: Place, store: Path) -> None:
    """Publish as far as the switch, which the server refuses."""
    with (
        between(place.server, lambda p: p.answer(403) if is_switch(p) else p.on()) as standing,
        pytest.raises(RefusedError),
    ):
        place.through(standing.server).publish(store)


def _changed(store: Path, folder: Path) -> Path:
    """Return a copy of a store without one of its articles."""
    shutil.copytree(store, folder / "changed")
    with Store.open(folder / "changed") as opened:
        opened.withdraw("plans")
    return folder / "changed"


def test_hostile_86_a_server_that_is_busy_now_and_then_is_waited_for(place: Place, before: Path) -> None:
    """429 and 503 at any update, the switch too, cost time and nothing else."""
    answered = set[int]()

    def act(passing: Passing) -> None:
        if passing.number % 2:
            answered.add(passing.number)
            passing.answer(503 if passing.number % 4 == 1 else 429, Retry_After="0")
        else:
            passing.on()

    with between(place.server, act) as standing:
        place.through(standing.server).publish(before, batch=3 * BATCH)
    assert place.shows() == held(before)
    assert len(answered) > 5
    assert sum(body.startswith("MOVE") for body in standing.seen) == 2


def test_hostile_86_an_answer_that_is_lost_does_not_switch_twice(place: Place, before: Path) -> None:
    """The server did it and the answer broke off: one looks, and does not send it again."""

    def act(passing: Passing) -> None:
        if is_switch(passing):
            passing.ask()
            passing.cut()
        else:
            passing.on()

    with between(place.server, act) as standing:
        place.through(standing.server).publish(before)
    assert sum(body.startswith("MOVE") for body in standing.seen) == 1
    assert place.shows() == held(before)


@pytest.mark.slow
def test_hostile_86_a_switch_of_unknown_end_is_told(place: Place, before: Path, after: Path) -> None:
    """Cut off before the server did it: the old stays, the error says that the same command goes on; it does."""
    place.publish(before)
    with (
        between(place.server, lambda p: p.cut() if is_switch(p) else p.on()) as standing,
        pytest.raises(EndpointError, match="the same command finds out how far it came"),
    ):
        place.through(standing.server).publish(after)
    assert place.shows() == held(before)
    place.publish(after)
    assert place.shows() == held(after)


def test_a_batch_that_is_too_large_is_halved(place: Place, before: Path) -> None:
    """413 makes batches smaller, down to what the server takes."""
    with between(place.server, lambda p: p.on() if len(p.body) < 9_000 else p.answer(413)) as standing:
        place.through(standing.server).publish(before)
    assert place.shows() == held(before)
    refused = [body for body in standing.seen if len(body) >= 9_000]
    assert len(refused) < 20 < len(standing.seen)


def test_a_switch_that_is_too_long_is_made_in_parts(place: Place, before: Path) -> None:
    """The knowledge and the list come last; the outcome tells."""
    longest = 500

    def act(passing: Passing) -> None:
        passing.answer(413) if is_switch(passing) and len(passing.body) > longest else passing.on()

    with between(place.server, act) as standing:
        assert place.through(standing.server).publish(before).requests > 1
    assert place.shows() == held(before)
    last = [body for body in standing.seen if body.startswith("MOVE")][-1]
    assert last.endswith(f"<{BASE}published>")


def test_a_triple_that_the_server_refuses_is_left_out_and_named(place: Place, before: Path, after: Path) -> None:
    """It is found by halving; the rest becomes public, the exit code is 3, and stays so while it lacks."""

    def act(passing: Passing) -> None:
        passing.answer(500, b"no such thing") if b"Science Centre located" in passing.body else passing.on()

    bad = {triple for triples in held(before).values() for triple in triples if "Science Centre located" in triple}
    with between(place.server, act) as standing:
        there = ("publish", place.server.query, "--update-endpoint", standing.server.update, "--store")
        first, again = call(*there, before), call(*there, before)
        assert len(standing.seen) < 40
    assert bad
    assert first.failed(3, f"Refused: {len(bad)}", "Science Centre located", "no such thing")
    assert again.failed(3, "shows this store already", f"{len(bad)} triple", "left out")
    assert place.shows() == {name: triples - bad for name, triples in held(before).items()}
    place.publish(after)
    assert place.shows() == held(after)


def test_an_interrupted_upload_with_a_refused_triple_goes_on(place: Place, before: Path) -> None:
    """What is left out is no reason to begin anew for ever."""

    def act(passing: Passing) -> None:
        if is_switch(passing):
            passing.answer(403)
        elif b"Science Centre located" in passing.body:
            passing.answer(400)
        else:
            passing.on()

    with between(place.server, act) as standing:
        for _ in range(2):
            with pytest.raises(RefusedError):
                place.through(standing.server).publish(before, batch=BATCH)
    assert place.publish(before, batch=BATCH).lacking == 0
    assert place.shows() == held(before)


def test_a_server_that_refuses_everything_is_given_up(place: Place, before: Path) -> None:
    """Not one triple after the other."""
    with (
        between(place.server, lambda p: p.on() if p.number < 4 else p.answer(500, b"disk full")) as standing,
        pytest.raises(EndpointError, match=r"disk full; it was to take .*, and refused 100 more"),
    ):
        place.through(standing.server).publish(before)
    assert not place.shows()


def test_virtuoso_lacks_durations_and_nothing_else(any_place: Place, tmp_path: Path) -> None:
    """It cannot hold an xsd:duration: that is told, and everything else is there."""
    invested = {"amount": "5", "currency": "EUR", "period": "P5Y"}
    bonds = Draft("bonds", "2016").says("Autowerk", Predicate.INVESTS_IN, "Truck plant", **invested)
    with Store.open(tmp_path / "store", min_confidence=0.5) as store:
        store.put(bonds.extraction())
    whole = held(tmp_path / "store")
    lost = {triple for triples in whole.values() for triple in triples if "#duration>" in triple}
    assert lost
    if any_place.knowledge == DEFAULT:  # Oxigraph takes them
        lost = set()
    outcome = any_place.publish(tmp_path / "store")
    assert outcome.lacking == len(outcome.refused) == sum(len(lost & triples) for triples in whole.values())
    assert any_place.shows() == {name: triples - lost for name, triples in whole.items()}


def test_hostile_85_a_server_that_is_killed_goes_on_when_it_is_back(before: Path, tmp_path: Path) -> None:
    """What it had taken is not sent again."""
    port = free_port()
    with oxigraph(tmp_path / "data", port) as server:
        there = Place(server, DEFAULT)
        with (
            between(server, lambda p: p.on() if p.number < 9 else p.answer(403)) as standing,
            pytest.raises(RefusedError),
        ):
            there.through(standing.server).publish(before, batch=BATCH)
    with pytest.raises(EndpointError, match="refused"):
        there.publish(before)
    with oxigraph(tmp_path / "data", port):
        assert there.publish(before, batch=BATCH).resumed > BATCH
        assert there.shows() == held(before)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (401, "wants a user and a password"),
        (403, "refuses to be written to"),
        (404, "takes no updates there"),
        (405, "takes no updates there"),
        (415, "takes no updates there"),
    ],
)
def test_hostile_87_a_refusal_is_told_without_the_password(
    place: Place, before: Path, status: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In words, with exit code 1; the password stands nowhere."""
    monkeypatch.setenv("REGIOGRAPH_PASSWORD", "s3cret")
    with between(place.server, lambda p: p.answer(status)) as standing:
        there = ("publish", place.server.query, "--update-endpoint", standing.server.update, "--user", "anna")
        done = call(*there, "--store", before)
    assert done.failed(1, told)
    assert "s3cret" not in done.err + done.out
    assert not place.shows()


def test_hostile_87_updates_follow_no_redirect_to_another_host(place: Place, before: Path) -> None:
    """Neither the triples nor the password go where they were not sent."""
    with between(place.server) as other:
        away = other.server.update.replace("127.0.0.1", "localhost")
        with (
            between(place.server, lambda p: p.answer(307, Location=away)) as standing,
            pytest.raises(EndpointError, match="redirects to http://localhost/update"),
        ):
            place.through(standing.server).publish(before)
    assert not other.seen


def test_the_command_says_what_it_did(place: Place, before: Path, after: Path) -> None:
    """Graphs, triples, what was unchanged, what was withdrawn; nothing on standard output."""
    there = ("publish", place.server.query, "--update-endpoint", place.server.update, "--store")
    first, same, second = call(*there, before), call(*there, before), call(*there, after)
    assert (first.code, same.code, second.code) == (0, 0, 0)
    assert "5 graphs with" in first.err and "shows this store already" in same.err
    assert "1 graph unchanged" in second.err and "1 graph withdrawn" in second.err
    assert not first.out + same.out + second.out


def test_the_command_hints_at_the_address_of_updates(place: Place, before: Path) -> None:
    """Oxigraph takes updates at another address than questions."""
    assert call("publish", place.server.query, "--store", before).failed(1, "give it by --update-endpoint")


@pytest.mark.parametrize("graph", ["not an iri", "knowledge", f"{BASE}published"])
def test_the_command_refuses_a_graph_of_no_use(place: Place, before: Path, graph: str) -> None:
    """It has to be an IRI, and no other graph's."""
    assert call("publish", place.server.query, "--graph", graph, "--store", before).code in (1, 2)


def test_hostile_87_a_password_reaches_a_server_that_wants_a_digest(virtuoso_server: Server, before: Path) -> None:
    """A wrong one is told; the right one works, and is not sent as it is."""
    there = Place(virtuoso_server, node("https://example.org/knowledge")).emptied()
    environment = {**os.environ, "REGIOGRAPH_PASSWORD": "wrong"}
    command = [sys.executable, "-m", "regiograph", "publish", there.server.query, "--store", before, "--user", "dba"]
    command += ["--update-endpoint", there.server.update, "--graph", "https://example.org/knowledge"]
    refused = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert refused.returncode == 1 and "wants a user and a password" in refused.stderr and "wrong" not in refused.stderr
    subprocess.run(command, env={**environment, "REGIOGRAPH_PASSWORD": "dba"}, check=True, capture_output=True)
    assert there.shows() == held(before)
