"""Recognising mentions: a tagger over general vocabulary, the grammar of names and the gazetteer."""

from regiograph.claims.recognition.recognising import mentions

__all__ = ["mentions"]
