"""Guesses the language of a text from its letters and its most frequent small words; flags, never refuses."""

from __future__ import annotations

import re
from collections import Counter

_SAMPLE = 20_000  # characters
_LISTS = {
    "en": "the of and to in a is that for it was on with as at by from this has are have be will an which were its",
    "de": "der die das und ist nicht ein eine zu den mit von im für auf dem des sich auch wird werden hat bei",
    "fr": "le la les et des un une est que dans pour du qui sur au avec ne pas ce sont par plus aux cette",
    "es": "el la los las y de que en un una es se por con para del al su como más fue este",
    "pt": "o os as e de que em um uma é se por com para do da no na não mais foi pelo ao",
    "it": "il lo gli e di che in un una è si per con del della non sono dei anche nel alla",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook door werd",
    "pl": "i w na z do się że jest nie to o po od przez oraz dla jak został są",
    "ro": "și în de la cu pe care din a fi este nu un o pentru mai au prin sunt",
    "tr": "ve bir bu da de için ile olarak olan daha çok gibi sonra kadar ise",
    "id": "yang dan di dengan untuk ini dari dalam akan pada itu tidak ke oleh",
    "vi": "và của là có trong cho các được với một những đã không người",
}
_SMALL_WORDS = {language: frozenset(words.split()) for language, words in _LISTS.items()}
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def language_of(text: str) -> str:
    """Return the BCP 47 tag of a text's language, "und" where the text does not decide it.

    Letters of another script decide alone (Cyrillic counts as Russian, Arabic script as Arabic); Latin script by the
    language whose small words are most frequent, if they are at least a twelfth of all words.
    """
    sample = text[:_SAMPLE]
    letters = sum(c.isalpha() for c in sample)
    for language, script in _SCRIPTS:
        if 3 * len(script.findall(sample)) > letters > 0:
            return language
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    counts = {language: sum(words[word] for word in small) for language, small in _SMALL_WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if 0 < words.total() <= 12 * counts[best] else "und"


def tag(raw: str) -> str | None:
    """Return a language tag in its usual spelling ("en-GB" for "en_gb"); None if it is none."""
    if _TAG.fullmatch(raw.strip()) is None:
        return None
    first, *rest = raw.strip().replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])
