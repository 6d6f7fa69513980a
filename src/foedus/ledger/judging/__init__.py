"""Judging: what persons hold of what was read, kept apart from it.

Comes in: judgements (who, what, when, why). Goes out: what each was about, found again after re-reading
(:class:`Anchor`), what persons hold of an act together, and facts and records as they hold them.
"""

from foedus.ledger.judging.amending import place_of_words
from foedus.ledger.judging.anchors import (
    Attached,
    Key,
    anchor_of,
    attach,
    key_of,
    once_called,
    record_anchor,
)
from foedus.ledger.judging.corrections import corrected_reading
from foedus.ledger.judging.held import HeldRecord, Judging, held_record, regrouped
from foedus.ledger.judging.judgements import (
    VERBS,
    Anchor,
    Judged,
    Judgement,
    Verb,
    made,
    moment,
    standing,
)
from foedus.ledger.judging.opined import graded, judged_facts, what_became
from foedus.ledger.judging.opinions import Changes, Opinions, changes_of, opinions

__all__ = [
    "VERBS",
    "Anchor",
    "Attached",
    "Changes",
    "HeldRecord",
    "Judged",
    "Judgement",
    "Judging",
    "Key",
    "Opinions",
    "Verb",
    "anchor_of",
    "attach",
    "changes_of",
    "corrected_reading",
    "graded",
    "held_record",
    "judged_facts",
    "key_of",
    "made",
    "moment",
    "once_called",
    "opinions",
    "place_of_words",
    "record_anchor",
    "regrouped",
    "standing",
    "what_became",
]
