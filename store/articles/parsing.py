"""The process in which strangers' files are parsed. Run as `python -m store.articles.parsing MEGABYTES`.

It reads a JSON object and then a file's bytes from standard input, each after its length in eight bytes, and answers
with a JSON object, likewise: the article's parts, or `{"refused": "why"}`, whose words follow the file's name in a
sentence. It ends when its input does, so it never outlives the postil that started it.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import orjson

from store.articles import limited


def main() -> None:
    """Parse until the input ends, with no more memory than the command line says."""
    _limit(int(sys.argv[1]))
    # Whatever a parser prints must not mix with the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while (question := limited.receive(sys.stdin.buffer)) is not None:
        data = limited.receive(sys.stdin.buffer)
        if data is None:
            return
        answer = orjson.dumps(_answer(orjson.loads(question), data))
        answers.write(len(answer).to_bytes(8, "big"))
        answers.write(answer)
        answers.flush()


def _limit(megabytes: int) -> None:
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = megabytes * 1024**2
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
    except (ImportError, ValueError, OSError):
        pass  # a system that knows no such limit; there is still the one of time


def _answer(question: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        match question.pop("kind"):
            case "html":
                from store.articles import html

                return html.parse(data, **question)
            case "pdf":
                from store.articles import pdf

                return pdf.parse(data, **question)
            case kind:
                return {"refused": f"is a {kind}, which cannot be parsed."}
    except limited.RefusedError as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": "needs too much memory to be read."}
    except RecursionError:
        return {"refused": "is nested too deep to be read."}
    except Exception as error:  # a parser's own bug: of the file, the reader gets a sentence
        return {"refused": f"cannot be read ({type(error).__name__}: {' '.join(str(error).split())[:200]})."}


if __name__ == "__main__":
    main()
