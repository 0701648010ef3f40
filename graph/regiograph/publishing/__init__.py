"""A store, put on a SPARQL server elsewhere."""
