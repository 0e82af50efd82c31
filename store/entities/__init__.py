"""Named entities: the pipeline, the process that it runs in, and what is kept of its answers."""
