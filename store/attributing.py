"""Taking a proposal of who makes a claim: its attributes, SOURCE and CUE, and the relations to them, as one act."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session, col, select

from store import models
from store.annotations import Annotations
from store.attribution import saying
from store.attribution.records import Proposal, Span
from store.clock import new_key
from store.database import Database
from store.errors import AnnotationError
from store.kinds import Kind
from store.records import Annotation, Article
from store.relations import Relations
from store.scheme.door import definition
from store.scheme.parts import Definition


class Attributions:
    """Says on behalf of one annotator who makes claims."""

    def __init__(self, database: Database, annotations: Annotations, relations: Relations) -> None:
        """Write into `database` through the annotations and relations of one annotator."""
        self._database = database
        self._annotations = annotations
        self._relations = relations

    def accept(self, article: Article, claim_id: str, proposal: Proposal) -> Mapping[str, Annotation]:
        """Say of a claim who makes it, as proposed; what the scheme does not have is left out.

        A SOURCE or a CUE of this annotator's that stands on the very words is related to, and not tagged again.

        Returns:
            The annotations that changed, by id: the claim, and what was tagged.

        Raises:
            AnnotationError: the claim is not this annotator's or is withdrawn, it says already who makes it, or the
                scheme has no attribute that could; nothing was kept.
        """
        step = new_key()
        with self._database.writing() as session:
            claim = self._annotations.own_in(session, claim_id)
            scheme = definition(session)
            attributes = scheme.of_label(claim.label)
            said = saying.values(proposal, article.text, attributes)
            if not said:
                raise AnnotationError(f"The scheme has no attribute that says who makes a {claim.label}.")
            if not saying.is_open(claim, attributes):
                raise AnnotationError("This says already who makes it: enter looks into it.")
            changed: dict[str, Annotation] = {}
            for span, label, relation in (
                (proposal.source, saying.SOURCE, saying.ATTRIBUTED_TO),
                (proposal.cue, saying.CUE, saying.CUED_BY),
            ):
                if span is not None and any(known.name == label for known in scheme.labels):
                    end = self._tagged(session, article, span, label, claim, changed, step)
                    self._relate(session, scheme, claim, end, label, relation, step)
            # Last, so that undoing it is told as undoing what was said.
            changed[claim_id] = self._annotations.say_in(session, claim_id, said, step=step)
            return changed

    def _tagged(
        self,
        session: Session,
        article: Article,
        span: Span,
        label: str,
        claim: Annotation,
        changed: dict[str, Annotation],
        step: str,
    ) -> str:
        """The id of the annotator's own annotation with a label on a span, tagged now if there was none."""
        row = models.Annotation
        standing = session.exec(
            select(row.id).where(
                row.article_id == article.id,
                col(row.withdrawn).is_(None),
                row.kind == Kind.CLAIM,
                row.start == span[0],
                row.end == span[1],
                row.pieces == "[]",
                row.label == label,
                row.annotator_id == claim.annotator_id,
            )
        ).first()
        if standing is not None:
            return standing
        tagged = self._annotations.tag_in(session, article, *span, label, step=step)
        changed[tagged.id] = tagged
        return tagged.id

    def _relate(
        self, session: Session, scheme: Definition, claim: Annotation, end: str, label: str, relation: str, step: str
    ) -> None:
        """Relate the claim to its source or its cue, if the scheme allows that and it is not done yet."""
        allowed = any(known.name == relation and known.allows(claim.label, label) for known in scheme.relations)
        if allowed and end != claim.id and not self._relations.stands_in(session, claim.id, end, relation):
            self._relations.relate_in(session, claim.id, end, relation, step=step)
