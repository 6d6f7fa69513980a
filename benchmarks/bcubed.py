"""How alike two clusterings of the same items are: pairwise and B-cubed precision, recall and F1.

Comes in: two mappings from item to the label of its cluster, the right one and the one found, over the
same items. Goes out: :class:`Measure`. Pairwise: of the pairs of items that are joined in the one, the
share that is joined in the other; a clustering without any pair makes no wrong one (1). B-cubed: the same
share for the cluster of each item, averaged over items, as defined by A. Bagga and B. Baldwin,
« Entity-Based Cross-Document Coreferencing Using the Vector Space Model », COLING-ACL 1998.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple

__all__ = ["Measure", "bcubed", "pairwise"]

Clustering = Mapping[str, Hashable]


class Measure(NamedTuple):
    """Precision and recall, each 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean; 0 where both are 0."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def pairwise(gold: Clustering, found: Clustering) -> Measure:
    """Return the shares of joined pairs that are right, and of right pairs that are joined.

    Raises:
        ValueError: the two are not of the same items.
    """
    together = _pairs(_overlaps(gold, found).values())
    right, joined = (_pairs(Counter(c.values()).values()) for c in (gold, found))
    return Measure(together / joined if joined else 1.0, together / right if right else 1.0)


def bcubed(gold: Clustering, found: Clustering) -> Measure:
    """Return the B-cubed measures; 1 and 1 for no items at all.

    Raises:
        ValueError: the two are not of the same items.
    """
    overlaps = _overlaps(gold, found)
    if not overlaps:
        return Measure(1.0, 1.0)
    of_gold, of_found = Counter(gold.values()), Counter(found.values())
    # Summed over the items of each overlap, which all have the same share.
    precision = sum(n * n / of_found[f] for (_, f), n in overlaps.items())
    recall = sum(n * n / of_gold[g] for (g, _), n in overlaps.items())
    return Measure(precision / len(gold), recall / len(gold))


def _overlaps(gold: Clustering, found: Clustering) -> Counter[tuple[Hashable, Hashable]]:
    if gold.keys() != found.keys():
        raise ValueError("the two clusterings are not of the same items")
    return Counter((label, found[item]) for item, label in gold.items())


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)
