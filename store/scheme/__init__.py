"""The scheme: what annotations are made of and may say. Its parts, its values, its file, and what a change orphans."""
