"""Metadata: what is said of an article beside its text, by its source and by people, and the language it is in."""
