"""Which entities of different articles are the same."""
