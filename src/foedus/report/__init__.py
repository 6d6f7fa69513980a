"""Reports: what was published, by whom and when, as far as the pages themselves tell.

Comes in: text files (UTF-8, UTF-16 with a mark, Windows-1252) and folders of them, untrusted; the
world register; the user's CSV of dates. Goes out: :class:`Report` records (text as received, the
article's passages, furniture, credits, time expressions, evidence of the date, quality notes), a
:class:`Failure` with one line for each file that could not be read, a :class:`LeftOut` for each that
is not about what was asked for, and the copies among reports::

    for item in read([Path("samples")], world=load_world()):
        ...

All spans are code points of the text as received. Wording is data in ``lang/``.
"""

from __future__ import annotations

from foedus.report.copies import find_copies
from foedus.report.files import list_files
from foedus.report.read import Task, list_tasks, read, read_task, read_text
from foedus.report.records import (
    Copy,
    Credit,
    DateEvidence,
    Failure,
    Furniture,
    LeftOut,
    NoteKind,
    QualityNote,
    Report,
)
from foedus.report.timex import find_times

__all__ = [
    "Copy",
    "Credit",
    "DateEvidence",
    "Failure",
    "Furniture",
    "LeftOut",
    "NoteKind",
    "QualityNote",
    "Report",
    "Task",
    "find_copies",
    "find_times",
    "list_files",
    "list_tasks",
    "read",
    "read_task",
    "read_text",
]
