"""Speech: which statements are one utterance, and who contradicts whom.

Comes in: statements as read and as persons hold them. Goes out: utterances with their variants
(:func:`group_utterances`), positions, and records that stand against each other (:func:`contradictions`).
"""

from foedus.ledger.speech.contradictions import Contradiction, Holding, contradictions, holdings_of
from foedus.ledger.speech.utterances import group_utterances, said_by

__all__ = [
    "Contradiction",
    "Holding",
    "contradictions",
    "group_utterances",
    "holdings_of",
    "said_by",
]
