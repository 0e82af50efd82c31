"""The screens: library, reader, and the help over them."""
