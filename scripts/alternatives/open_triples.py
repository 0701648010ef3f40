"""Extract open triples with triplet-extract: JSON Lines of {id, text} in, of {id, entities, relations} out.

The one argument is the name of the installed spaCy model; its entities are those of the articles. A relation is the
spans of its subject and of its object; what they are said to be to each other is left out.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import spacy
from spacy_entities import LABELS
from triplet_extract import OpenIEExtractor


def spans(triple: Any, sentence: str, start: int) -> Iterator[list[int]]:
    """Yield where the ends of a triple are in the text, if they are there word for word."""
    for words in (triple.subject, triple.object):
        at = sentence.find(words)
        if at >= 0:
            yield [start + at, start + at + len(words)]


def main() -> None:
    """Read, extract sentence by sentence, print."""
    load, name = spacy.load, sys.argv[1]
    spacy.load = lambda _, **options: load(name, **options)  # the extractor loads a model by a name of its own
    model = load(name)
    extractor = OpenIEExtractor(nlp=model)
    for line in sys.stdin:
        row = json.loads(line)
        read = model(row["text"])
        entities = [
            {"type": LABELS[e.label_], "spans": [[e.start_char, e.end_char]]} for e in read.ents if e.label_ in LABELS
        ]
        relations = [
            ends
            for sentence in read.sents
            for triple in extractor.extract_triplet_objects(sentence.text)
            if len(ends := list(spans(triple, sentence.text, sentence.start_char))) == 2
        ]
        print(json.dumps({"id": row["id"], "entities": entities, "relations": relations}), flush=True)


if __name__ == "__main__":
    main()
