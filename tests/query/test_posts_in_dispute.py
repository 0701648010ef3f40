"""Who is told to hold one post: the question of contradictions."""

from __future__ import annotations

from press import Draft
from regiograph.query import local
from regiograph.query.catalogue import question
from regiograph.rdf.store import Store
from regiograph.terms import Predicate


def told(*posts: tuple[str, str, str]) -> list[tuple[str, ...]]:
    """Return what differs when each of some articles tells of one person's post in Tomsk region."""
    with Store.open(None) as store:
        for person, role, status in posts:
            said = {"role": role} | ({"status": status} if status else {})
            draft = Draft(f"a{len(store.quads)}", "2015-06-11")
            store.put(draft.says(person, Predicate.HOLDS_POST, "Tomsk region", **said).extraction())
        found = local.select(store, question("contradictions").sparql)
        return [(str(row["kind"]), str(row["one"]), str(row["other"])) for row in found]


def test_two_governors_are_shown_side_by_side() -> None:
    """However the role is written; two deputies, and one governor told twice, are no contradiction."""
    two = ("holders", "Anna Orlova, Governor", "Kenji Mori, governor")
    assert told(("Anna Orlova", "Governor", ""), ("Kenji Mori", "governor", "")) in ([two], [(two[0], two[2], two[1])])
    assert told(("Anna Orlova", "deputy governor", ""), ("Kenji Mori", "deputy governor", "")) == []
    assert told(("Anna Orlova", "Governor", ""), ("Anna Orlova", "Governor", "acting")) == []
    assert told(("Anna Orlova", "Governor", ""), ("Kenji Mori", "Mayor", "")) == []
