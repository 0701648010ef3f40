"""Pages of entities and articles."""
