"""Who says it: a claim's source, the cue that attributes it, and who makes it, read from the words around."""
