"""A file becomes an article: one reader a file type, found by `files`, kept by `catalogue`."""
