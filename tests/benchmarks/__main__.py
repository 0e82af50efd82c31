"""`python -m tests.benchmarks [NAME ...]`: take measures, and print each against its floor.

`entities FILE ...` tells how right the entities are, on gold in columns (CoNLL, IOB2) or JSONL, or without files on our
own; `entities-speed` how fast they come. `folding` tells how right the folding of furniture and repeats is, `claimant`
how right the proposals of who makes a claim are, both with `errors` what they are wrong about.

A figure means something only beside the floor of the same run. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import monotonic

from tests.benchmarks import (
    claimants,
    corpus,
    entities,
    export,
    folding,
    gold,
    imports,
    inspector,
    keystrokes,
    library,
    memory,
    merge,
    opening,
    quality,
    readers,
    scroll,
    start,
)
from tests.benchmarks.measures import Measure, table


def main() -> None:
    """Take the measures that are named, or all of them."""
    arguments = _arguments()
    known: dict[str, Callable[[int], Iterator[Measure]]] = {
        "start": start.measure,
        "opening": opening.measure,
        "scroll": scroll.measure,
        "export": partial(export.measure, annotations=arguments.annotations),
        "import": partial(imports.measure, annotations=arguments.annotations),
        "merge": partial(merge.measure, annotations=arguments.annotations),
        "entities-speed": entities.measure,
        "corpus": corpus.measure,
        "inspector": inspector.measure,
        "keystrokes": keystrokes.measure,
        "memory": memory.measure,
        "library": library.measure,
        "readers": readers.measure,
    }
    if arguments.names[:1] == ["entities"]:
        try:
            for line in quality.report([Path(name) for name in arguments.names[1:]]):
                print(line, flush=True)
        except gold.GoldError as error:
            sys.exit(str(error))
        return
    if arguments.names[:1] == ["folding"]:
        for line in folding.report(errors="errors" in arguments.names[1:]):
            print(line, flush=True)
        return
    if arguments.names[:1] == ["claimant"]:
        for line in claimants.report(errors="errors" in arguments.names[1:]):
            print(line, flush=True)
        return
    unknown = sorted(set(arguments.names) - known.keys())
    if unknown:
        sys.exit(f"No such benchmark: {', '.join(unknown)}. There are claimant, entities, folding, {', '.join(known)}.")
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, {arguments.rounds} rounds")
    for name in arguments.names or known:
        began, load = monotonic(), os.getloadavg()[0]
        measures = []
        for measure in known[name](arguments.rounds):
            measures.append(measure)
            if sys.stderr.isatty():
                print(f"{name}: {len(measures)} taken", end="\r", file=sys.stderr, flush=True)
        print(f"\n{name}: {monotonic() - began:,.0f} s, load {load:.1f} before\n\n{table(measures)}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="what to measure; an unknown name lists all")
    parser.add_argument("--rounds", type=_count, default=5, help="how often everything is measured (default: 5)")
    parser.add_argument(
        "--annotations",
        type=_count,
        default=export.ANNOTATIONS,
        help="in the libraries (default: %(default)s)",
    )
    return parser.parse_args()


def _count(word: str) -> int:
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


if __name__ == "__main__":
    main()
