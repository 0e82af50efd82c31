"""Which of a pipeline's labels are names. Dates, sums and other figures are left as the pipeline gives them."""

FIGURES = frozenset("DATE TIME MONEY PERCENT QUANTITY CARDINAL ORDINAL".split())
"""The labels of OntoNotes that no layer touches."""


def is_name(label: str) -> bool:
    """Whether the label is that of a name, in whatever scheme the pipeline uses."""
    return label not in FIGURES
