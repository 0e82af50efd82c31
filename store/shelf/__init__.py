"""How a library is kept in order: tags and collections, what is put away, and the order of the list."""
