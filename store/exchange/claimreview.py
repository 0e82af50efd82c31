"""schema.org's ClaimReview (JSON-LD): one for each claim with a verdict, as search engines and feeds read it.

A verdict is the attribute `verdict` of an annotation; `justification`, `claimant`, `claim_date`, `claimed`, `rating`,
`best_rating`, `worst_rating` and `review_url` are used where they are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from store.exchange import Job
from store.exchange.passages import Passage, Unit, passages
from store.exchange.sheets import Sheet
from store.kinds import Kind
from store.records import Annotation

_SAID = {
    "supported": "Supported",
    "refuted": "Refuted",
    "not_enough_evidence": "Not enough evidence",
    "conflicting": "Conflicting evidence",
}
"""The verdicts of the default scheme as a reader is told them; another is told as it is."""


def write(sheets: Iterable[Sheet], job: Job) -> Iterator[bytes]:
    """The graph, a review a line."""
    yield b'{"@context":"https://schema.org","@graph":['
    separator = b"\n"
    for passage in passages(sheets, Unit.ARTICLE, job.losses):
        job.losses.add_each("notes on whole articles", passage.notes)
        job.losses.add_each("relations", passage.relations)
        judged = [span for span in passage.spans if span.kind is Kind.CLAIM and span.attributes.get("verdict")]
        job.losses.add("annotations without a verdict", len(passage.spans) - len(judged))
        for span in judged:
            yield separator + orjson.dumps(_review(passage, span, job))
            separator = b",\n"
    yield b"\n]}\n"


def _review(passage: Passage, span: Annotation, job: Job) -> dict[str, Any]:
    said = span.attributes
    verdict = str(said["verdict"])
    url = _text(said, "review_url")
    if url is None:
        job.losses.add("reviews without the address that their readers want (the attribute review_url)")
    appearance = _without_nothing(
        {"@type": "CreativeWork", "url": passage.meta.get("url"), "headline": passage.article.title}
    )
    return _without_nothing(
        {
            "@type": "ClaimReview",
            "@id": f"urn:uuid:{span.id}",
            "url": url,
            "datePublished": span.updated[:10],
            "author": {"@type": "Person", "name": span.annotator},
            "claimReviewed": _text(said, "claimed") or " ".join(span.quote.split()),
            "reviewBody": _text(said, "justification") or span.note or None,
            "itemReviewed": _without_nothing(
                {
                    "@type": "Claim",
                    "author": _claimant(said.get("claimant")),
                    "datePublished": _text(said, "claim_date"),
                    "appearance": appearance,
                }
            ),
            "reviewRating": _without_nothing(
                {
                    "@type": "Rating",
                    "alternateName": _SAID.get(verdict, verdict),
                    "ratingValue": said.get("rating"),
                    "bestRating": said.get("best_rating"),
                    "worstRating": said.get("worst_rating"),
                }
            ),
        }
    )


def _claimant(said: object) -> dict[str, str] | None:
    name = said.get("name") if isinstance(said, Mapping) else said
    return {"@type": "Person", "name": name} if isinstance(name, str) and name else None


def _text(said: Mapping[str, Any], name: str) -> str | None:
    value = said.get(name)
    return value if isinstance(value, str) and value else None


def _without_nothing(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
