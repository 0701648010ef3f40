"""Articles as they come: read from files, folders, archives and feeds, and cut into sentences."""
