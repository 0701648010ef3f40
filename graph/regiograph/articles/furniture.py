"""Tells page furniture (menus, bylines, captions, "Read also") from the sentences of an article."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Where, inside a line, a label that no sentence holds begins something new.
LABEL_INSIDE = re.compile(
    r"(?<![|/>»:•·–—(\[-])\s(?=(?:Photos?|PHOTO|Foto|Image|Picture|Caption|CAPTION|Read also|READ ALSO|Also [Rr]ead"
    r"|See also|SEE ALSO|Read more|READ MORE|Related|Tags|Source|SOURCE|Views|Share(?: this(?: article)?)?|Most read"
    r"|MOST READ|You may also like|More on the topic|Previous|Next|Upcoming|Updated) ?:"
    r"|Print(?:able)? version\b|Version for print\b|Back to (?:the )?(?:list|top)\b|Copyright \(?[Cc©])"
)


def flags(sentences: Sequence[str]) -> tuple[bool, ...]:
    """Return for each sentence of a page whether it is furniture."""
    return (False,) * len(sentences)
