"""How sure a proposal is: stated weights, added up, in this one place.

An equal code is an identity, nearly; names are never one, however much else agrees. Where one name, or one code, has
several candidates, all are proposed, each with a part of its score. The numbers are judgements, made to rank what
people look at; they are no probabilities.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

CODE = 0.90
CODE_AND_NAME = 0.04  # beside an equal code
CODE_AND_TYPE = 0.05
LABEL = 0.45
ALIAS = 0.35
TYPE = 0.15
COUNTRY = 0.20
CITIZENSHIP = 0.05  # instead, of a person: a country has many namesakes
OTHER_COUNTRY = -0.25
POST = 0.25
SHARED = 0.70  # times, where there are others with that code, or of that name
MOST_BY_NAME = 0.89
MOST_BY_NAME_ALONE = 0.50  # of a person of whom nothing but the name agrees


class How(IntEnum):
    """How a candidate was found, the surest first."""

    CODE = 0
    LABEL = 1
    ALIAS = 2


@dataclass(frozen=True, slots=True)
class Grounds:
    """What speaks for a candidate, and against it.

    `code` is the equal code in words ("ISO 3166-2 code RU-TOM"), `kind` the class that fits, "" for none.
    `same_country` is None where one side has no country. `post` is what a person holds a post at here and there.
    `rivals` counts the other candidates with that code, or of that name.
    """

    how: How
    code: str = ""
    same_name: bool = False
    kind: str = ""
    same_country: bool | None = None
    post: str = ""
    rivals: int = 0
    person: bool = False

    @property
    def score(self) -> float:
        """From 0 to 1, in hundredths."""
        alone = self._by_code() if self.how is How.CODE else self._by_name()
        return round(max(0.0, alone * (SHARED if self.rivals else 1.0)), 2)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The same in short plain words."""
        said = (
            f"{self.code} is the same" if self.how is How.CODE else "",
            "the same name" if self.same_name else "",
            "an alias" if self.how is How.ALIAS else "",
            f"type fits: {self.kind}" if self.kind else "type does not fit",
            {True: "in the same country", False: "in another country", None: ""}[self.same_country],
            f"a post at {self.post}" if self.post else "",
            f"one of {self.rivals + 1} {'with that code' if self.how is How.CODE else 'of that name'}"
            if self.rivals
            else "",
        )
        return tuple(filter(None, said))

    def _by_code(self) -> float:
        return CODE + CODE_AND_NAME * self.same_name + CODE_AND_TYPE * bool(self.kind)

    def _by_name(self) -> float:
        found = LABEL if self.how is How.LABEL else ALIAS
        shared = CITIZENSHIP if self.person else COUNTRY
        country = {True: shared, False: OTHER_COUNTRY, None: 0.0}[self.same_country]
        whole = found + TYPE * bool(self.kind) + country + POST * bool(self.post)
        alone = self.person and not self.post and not self.same_country
        return min(whole, MOST_BY_NAME_ALONE if alone else MOST_BY_NAME)
