"""The commands beside reading: thin, each a few lines over `store`, gathered by what they are about."""
