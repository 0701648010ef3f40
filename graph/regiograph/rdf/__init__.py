"""Claims as RDF: vocabulary, mapping, gate, store, export."""
