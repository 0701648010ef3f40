"""Runs the W3C's SPARQL 1.1 test suite, which is no part of the project, from a folder elsewhere."""
