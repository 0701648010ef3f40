"""Exit codes; click adds 2, wrong usage."""

FAILED = 1
PARTLY = 3  # what was left out is listed
INTERRUPTED = 130
