"""Name entities with a spaCy model: JSON Lines of {id, text} in, JSON Lines of {id, entities} out.

The one argument is the name of the installed model.
"""

import json
import sys

import spacy

LABELS = {
    "PERSON": "Person",
    "PER": "Person",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
    "ORG": "Organization",
}


def main() -> None:
    """Read, recognise, print."""
    model = spacy.load(sys.argv[1])
    for line in sys.stdin:
        row = json.loads(line)
        named = [(LABELS[e.label_], e.start_char, e.end_char) for e in model(row["text"]).ents if e.label_ in LABELS]
        entities = [{"type": kind, "spans": [[start, end]]} for kind, start, end in named]
        print(json.dumps({"id": row["id"], "entities": entities}), flush=True)


if __name__ == "__main__":
    main()
