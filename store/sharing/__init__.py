"""Sharing: what goes to other people in a file of its own, and what comes back from theirs without losing a word."""
