"""Pure functions over text. Every offset is a Unicode code point, start inclusive, end exclusive."""
