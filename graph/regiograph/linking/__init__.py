"""Proposals of what a store's entities are in Wikidata, for people to review; nothing is written to the store."""
