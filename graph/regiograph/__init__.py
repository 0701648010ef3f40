"""News about regional investment as a knowledge graph that shows the sentence behind every relation."""

__version__ = "0.1.0"
