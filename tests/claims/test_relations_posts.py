"""The grammar of posts."""

from __future__ import annotations

import pytest

from regiograph.claims.relations.posts import posts


@pytest.mark.parametrize(
    ("text", "role", "status"),
    [
        ("the governor arrived", "governor", None),
        ("Minister of Economic Development and Trade", "Minister of Economic Development and Trade", None),
        ("first deputy minister of transport said", "first deputy minister of transport", None),
        ("acting mayor", "mayor", "acting"),
        ("former general director", "general director", "former"),
        ("the Consul General", "Consul General", None),
        ("president and CEO", "president and CEO", None),
        ("the Trade and Industry Minister", "Trade and Industry Minister", None),
        ("vice-chairman of the management board", "vice-chairman of the management board", None),
    ],
)
def test_a_post_has_rank_and_field_and_no_status(text: str, role: str, status: str | None) -> None:
    """Rank, field and what it is of belong to the role; "acting" and "former" are its status."""
    (post,) = posts(text.split(), ())
    assert (post.role, post.status) == (role, status)


def test_the_place_of_a_post_is_not_part_of_it() -> None:
    """Words that belong to an entity end the post before them."""
    words = "minister of economy of Morvania".split()
    (post,) = posts(words, {4})
    assert post.role == "minister of economy"


def test_posts_in_a_row_are_told_apart() -> None:
    """Each of two people has an own post."""
    found = posts("the mayor of X and the head of Y".split(), {3, 8})
    assert [p.role for p in found] == ["mayor", "head"]


def test_an_adjective_alone_is_no_post() -> None:
    """ "general" and "executive" without a noun are no office."""
    assert posts("in general terms an executive summary".split(), ()) == ()
