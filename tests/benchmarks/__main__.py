"""`python -m tests.benchmarks [NAME ...] [--rounds N]`: take measures, and print them against their floors."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from time import monotonic

from tests.benchmarks import start
from tests.benchmarks.measures import Measure, table

def main() -> None:
    arguments = _arguments()
    measures = []
    for m in start.measure(arguments.rounds):
        print(m, file=sys.stderr); measures.append(m)
    print(table(measures))

def _arguments():
    p = argparse.ArgumentParser(); p.add_argument("names", nargs="*"); p.add_argument("--rounds", type=int, default=5)
    return p.parse_args()
main()
