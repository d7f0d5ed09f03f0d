"""Use cases of an office, without a word on a terminal."""
