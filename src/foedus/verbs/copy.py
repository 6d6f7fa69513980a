"""``foedus ledger copy``: a whole ledger from a file to a database, or back.

Comes in: two addresses. Goes out: how many rows of each table were copied. :func:`register` hangs the
verb onto a group.
"""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.address import Address
from foedus.verbs.terminal import progress_bar

__all__ = ["register"]


def register(group: typer.Typer) -> None:
    """Give ``group`` the verb ``copy``."""
    group.command()(copy)


def copy(
    source: Annotated[
        Address, typer.Argument(metavar="FROM", parser=Address.of, help="The ledger to copy.")
    ],
    target: Annotated[
        Address, typer.Argument(metavar="TO", parser=Address.of, help="An empty place for it.")
    ],
) -> None:
    """Copy a whole ledger: FROM and TO are files or postgresql:// URLs."""
    from foedus.ledger import copy_ledger

    with progress_bar() as progress:
        counts = copy_ledger(source, target, progress=progress)
    for table, rows in counts.items():
        typer.echo(f"{table}: {rows}")
