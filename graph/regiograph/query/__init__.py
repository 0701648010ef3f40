"""Questions: the catalogue and where it is asked."""
