"""What no question may be, wherever it is asked."""

from __future__ import annotations

UPDATES = (  # all forms but LOAD, which names a place
    "INSERT DATA { <a:b> <a:c> 1 }",
    "DELETE DATA { <a:b> <a:c> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "CREATE GRAPH <a:g>",
    "DROP ALL",
    "COPY DEFAULT TO <a:g>",
    "MOVE <a:g> TO DEFAULT",
    "ADD <a:g> TO DEFAULT",
)
