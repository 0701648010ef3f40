"""The reading of a language model, hosted or one's own, held to the same guarantees as every other."""
