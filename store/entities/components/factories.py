"""The layers as components of spaCy: thin, the work is done by the pure functions of the modules beside.

Each can be added to any pipeline, after its `ner`, in this order:

    nlp.add_pipe("postil_gazetteer", config={"patterns": ["names.jsonl"]})
    nlp.add_pipe("postil_never")
    nlp.add_pipe("postil_borders")
    nlp.add_pipe("postil_consistency")
    nlp.add_pipe("postil_recall")

The last two take a doc for a whole document. spaCy finds them by the entry points of postil, without an import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from store.entities import patterns
from store.entities.components import borders, document, gazetteer, kinds, never
from store.entities.components.tally import key_of
from store.entities.layers import DATA
from store.records import Entity

LOCAL = {"never": "postil_never", "borders": "postil_borders"}
"""The component of each layer that looks at no more than a paragraph, in the order in which they run."""

ENGLISH = frozenset(("never", "recall"))
"""Layers that know no other language."""


class Gazetteer:
    """Lays the names of lists over `doc.ents`: postil's own, and the reader's, which have the last word."""

    def __init__(self, nlp: Language, shipped: bool, files: Sequence[str]) -> None:
        """Read the lists.

        Raises:
            PatternsError: a file cannot be used.
        """
        labels = labels_of(nlp)
        own = patterns.read(DATA / "gazetteer.jsonl") if shipped else []
        fitted = [pattern | {"label": kinds.fitted(pattern["label"], labels)} for pattern in own]
        self._shipped = Patterns(nlp, fitted)
        self.listed = {key_of(each["pattern"]): each["label"] for each in fitted if isinstance(each["pattern"], str)}
        """The labels of postil's own names, by the key that `tally` knows them by."""
        self._readers = Patterns(nlp, [pattern for file in files for pattern in patterns.read(Path(file))])

    def __call__(self, doc: Doc) -> Doc:
        """The doc with the names in its `ents`."""
        before = entities_of(doc)
        after = self.laid_over(doc, before)
        if after != before:
            _set(doc, after)
        return doc

    def laid_over(self, doc: Doc, entities: list[Entity]) -> list[Entity]:
        """The entities of the doc with the names of all lists."""
        return self.readers(doc, gazetteer.laid_over(entities, self._shipped.found(doc)))

    def readers(self, doc: Doc, entities: list[Entity]) -> list[Entity]:
        """The entities of the doc with the reader's own names, whatever else was made of them."""
        return gazetteer.laid_over(entities, self._readers.found(doc), always=True)


class Patterns:
    """Finds names by spaCy's patterns: texts, and lists of what is said of each token."""

    def __init__(self, nlp: Language, known: Iterable[dict[str, Any]]) -> None:
        """Only the tokenizer is needed of the pipeline, so it may be loaded or not."""
        self._tokens = Matcher(nlp.vocab, validate=True)
        self._phrases = PhraseMatcher(nlp.vocab)
        for pattern in known:
            if isinstance(pattern["pattern"], str):
                self._phrases.add(pattern["label"], [nlp.make_doc(pattern["pattern"])])
            else:
                self._tokens.add(pattern["label"], [pattern["pattern"]])

    def found(self, doc: Doc) -> list[Entity]:
        """Where they stand in the doc; of those that overlap, the longest."""
        spans = [
            span
            for matcher in (self._tokens, self._phrases)
            if len(matcher)
            for span in matcher(doc, as_spans=True)
            if span.text.strip()
        ]
        return [Entity(span.start_char, span.end_char, span.label_) for span in filter_spans(spans)]


@Language.factory("postil_gazetteer", default_config={"shipped": True, "patterns": []})
def make_gazetteer(nlp: Language, name: str, shipped: bool, patterns: list[str]) -> Gazetteer:  # noqa: ARG001
    """The gazetteer: postil's own names if `shipped`, and files of spaCy's patterns."""
    return Gazetteer(nlp, shipped, patterns)


@Language.component("postil_never")
def never_names(doc: Doc) -> Doc:
    """Takes words that are never names out of `doc.ents`."""
    return _changed(doc, never.without_words)


@Language.component("postil_borders")
def mended_borders(doc: Doc) -> Doc:
    """Draws in the borders of `doc.ents`."""
    return _changed(doc, borders.mend)


@Language.factory("postil_consistency")
def make_consistency(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001
    """Gives each name in `doc.ents` one label."""
    return _over_documents(nlp, consistency=True, recall=False)


@Language.factory("postil_recall")
def make_recall(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001
    """Adds names that were missed to `doc.ents`; English only, for a capital says little elsewhere."""
    return _over_documents(nlp, consistency=False, recall=True)


def labels_of(nlp: Language) -> frozenset[str]:
    """The labels that the pipeline's own `ner` gives; none if it has none."""
    component: Any = nlp.get_pipe("ner") if nlp.has_pipe("ner") else None
    return frozenset(component.labels) if component else frozenset()


def entities_of(doc: Doc) -> list[Entity]:
    """The entities of a document as postil's records, with code points for offsets."""
    return [Entity(span.start_char, span.end_char, span.label_) for span in doc.ents if span.text.strip()]


def _over_documents(nlp: Language, *, consistency: bool, recall: bool) -> Callable[[Doc], Doc]:
    labels, english = labels_of(nlp), nlp.lang == "en"

    def whole(text: str, entities: Iterable[Entity]) -> list[Entity]:
        lists: Any = nlp.get_pipe("postil_gazetteer") if nlp.has_pipe("postil_gazetteer") else None
        return document.whole(
            text,
            entities,
            labels=labels,
            english=english,
            listed=lists.listed if lists else {},
            consistency=consistency,
            recall=recall and english,
        )

    return lambda doc: _changed(doc, whole)


def _changed(doc: Doc, layer: Callable[[str, Iterable[Entity]], list[Entity]]) -> Doc:
    before = entities_of(doc)
    after = layer(doc.text, before)
    if after != before:
        _set(doc, after)
    return doc


def _set(doc: Doc, entities: Iterable[Entity]) -> None:
    spans = (doc.char_span(each.start, each.end, each.label, alignment_mode="expand") for each in entities)
    doc.set_ents(filter_spans([span for span in spans if span is not None]))
