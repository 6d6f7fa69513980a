"""The verbs of the command line that come in groups: ``foedus ledger …``, ``foedus ledger judge …``.

Comes in: the command line. Goes out: ``ledger_verbs``, the group that :mod:`foedus.cli` hangs onto the
program; each verb asks a room and prints the answer. A module holds the verbs of one subject;
:mod:`foedus.verbs.options` and :mod:`foedus.verbs.terminal` hold what they share.
"""

from foedus.verbs import aid, copy, hand, judge
from foedus.verbs.ledger import app as ledger_verbs

__all__ = ["ledger_verbs"]

aid.register(ledger_verbs)
copy.register(ledger_verbs)
hand.register(ledger_verbs)
judge.register(ledger_verbs)
