"""Care of a library's file: safe copies of it, and making it small again."""
