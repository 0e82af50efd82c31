"""The layers as components of spaCy: thin, the work is done by the pure functions of the modules beside.

Each can be added to any pipeline, after its `ner`:

    nlp.add_pipe("postil_never")
    nlp.add_pipe("postil_borders")
    nlp.add_pipe("postil_consistency")
    nlp.add_pipe("postil_recall")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from store.entities.components import borders, document, never
from store.records import Entity

NAMES = {"never": "postil_never", "borders": "postil_borders"}
"""The component of each layer that looks at no more than a paragraph, in the order in which they run."""


@Language.component("postil_never")
def never_names(doc: Doc) -> Doc:
    """Takes words that are never names out of `doc.ents`."""
    return _changed(doc, never.without_words)


@Language.component("postil_borders")
def mended_borders(doc: Doc) -> Doc:
    """Draws in the borders of `doc.ents`."""
    return _changed(doc, borders.mend)


@Language.component("postil_consistency")
def one_type(doc: Doc) -> Doc:
    """Gives each name in `doc.ents` one label; the doc is taken for a whole document."""
    return _changed(doc, partial(document.whole, recall=False))


@Language.component("postil_recall")
def found_again(doc: Doc) -> Doc:
    """Adds names that were missed to `doc.ents`; the doc is taken for a whole document."""
    return _changed(doc, partial(document.whole, consistency=False))


def entities_of(doc: Doc) -> list[Entity]:
    """The entities of a document as postil's records, with code points for offsets."""
    return [Entity(span.start_char, span.end_char, span.label_) for span in doc.ents]


def _changed(doc: Doc, layer: Callable[[str, Iterable[Entity]], list[Entity]]) -> Doc:
    before = entities_of(doc)
    after = layer(doc.text, before)
    if after != before:
        spans = (doc.char_span(each.start, each.end, each.label, alignment_mode="expand") for each in after)
        doc.set_ents(filter_spans([span for span in spans if span is not None]))
    return doc
