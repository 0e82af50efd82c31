"""Sharing: a snapshot to give away, and somebody else's library, which is data and never trusted."""
