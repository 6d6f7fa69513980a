"""Made-up records: a small crisis in two reports, for a page without the other rooms."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from foedus.acts import Act, Amount, DateRange, Quantity, Statement, day, record_id
from foedus.alliance.records import MechanismStatus, Reason, Trace
from foedus.brief import Material, MechanismWords
from foedus.ledger.records import Citation, Dating, DatingStep, Difference, Fact, Reading, Source
from foedus.report.records import Credit, DateEvidence, Furniture, QualityNote, Report
from foedus.world.records import Entity, Outlet, Ownership

FIRST = """Norland demande des consultations

NORDVILLE - Norland et Sudland ont demandé vendredi des consultations de l'alliance.
« Nous n'enverrons pas de soldats à Estmark », a dit Ada Berg, car « ce serait la guerre ».
Le ministre d'Ostrie affirme que l'alliance fait la guerre à son pays.
Partager cet article
"""
SECOND = """Huit Etats ont demandé vendredi des consultations de l'alliance, selon l'agence Nord.\r
Norland livrera environ 2 000 missiles à Estmark.\r
"""


class Register:
    """A register that knows the made-up crisis."""

    _names = {  # noqa: RUF012 - a constant of a test
        "NOR": ("state", "Norland", "Northland"),
        "SUD": ("state", "Sudland", "Southland"),
        "EST": ("state", "Estmark", "Eastmark"),
        "OST": ("state", "Ostrie", "Ostria"),
        "pact": ("body", "Pacte", "Pact"),
        "ada-berg": ("person", "Ada Berg", "Ada Berg"),
        "gazette": ("outlet", "La Gazette", "The Gazette"),
    }

    def entity(self, entity_id: str, /) -> Entity | None:
        found = self._names.get(entity_id)
        if found is None:
            return None
        return Entity(id=entity_id, kind=found[0], names={"fr": found[1], "en": found[2]})  # type: ignore[arg-type]

    def side_of(self, entity_id: str, on: DateRange | None, /) -> str | None:
        return {"ada-berg": "pact", "ost-minister": "OST"}.get(entity_id, entity_id)

    def outlet(self, outlet_id: str, /) -> Outlet | None:
        if outlet_id != "gazette":
            return None
        owned = Ownership(owner="Société Gazette", state_control="no", reference="made up")
        return Outlet(id="gazette", names={"fr": "La Gazette"}, country="NOR", ownership=(owned,))


def report(text: str, label: str = "one", **more: Any) -> Report:
    """Return a report of one body span, whole unless told otherwise."""
    values: dict[str, Any] = {
        "hash": hashlib.sha256(text.encode("utf-8", "surrogatepass") + label.encode()).hexdigest(),
        "label": label, "path": label, "text": text, "encoding": "utf-8", "language": "fr",
        "body": ((0, len(text)),) if text else (),
    }  # fmt: skip
    return Report(**{**values, **more})


def span(text: str, words: str, nth: int = 0) -> tuple[int, int]:
    """Return where the words stand in the text."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return at, at + len(words)


def act(of: Report, words: str, trigger: str, **more: Any) -> Act:
    """Return an act shown by ``words``."""
    where, on = span(of.text, words), span(of.text, trigger)
    values: dict[str, Any] = {
        "id": record_id(of.hash, "act", where, on, more.get("type")), "report": of.label,
        "source": of.hash, "span": where, "trigger": on,
    }  # fmt: skip
    return Act(**{**values, **more})


def statement(of: Report, words: str, **more: Any) -> Statement:
    """Return a statement whose content is ``words``."""
    where = span(of.text, words)
    values: dict[str, Any] = {
        "id": record_id(of.hash, "statement", where), "report": of.label, "source": of.hash,
        "span": where, "form": "direct",
    }  # fmt: skip
    return Statement(**{**values, **more})


def cite(a: Act | Statement | Quantity) -> Citation:
    """Return the citation of a record."""
    return Citation(report=a.report, source=a.source, span=a.span)


def fact(*acts: Act, **more: Any) -> Fact:
    """Return the fact that the acts tell; roles are the unions."""
    sources = {a.source for a in acts}

    def union(name: str) -> tuple[str, ...]:
        return tuple(sorted({v for a in acts for v in getattr(a, name)}))

    values: dict[str, Any] = {
        "id": "f" + acts[0].id, "type": acts[0].type, "aux": acts[0].aux, "cues": union("cues"),
        "actors": union("actors"), "recipients": union("recipients"), "places": union("places"),
        "instruments": union("instruments"), "date": acts[0].date,
        "quantities": tuple(q for a in acts for q in a.quantities),
        "readings": tuple(Reading(act=a, group=a.source, citation=cite(a)) for a in acts),
        "reports": len(sources), "sources": len(sources),
    }  # fmt: skip
    return Fact(**{**values, **more})


def status(mechanism: str, word: str, *facts: Fact, **more: Any) -> MechanismStatus:
    """Return a status resting on the facts."""
    citations = tuple(r.citation for f in facts for r in f.readings)
    children = tuple(
        Reason(kind="fact", key="a.fact", values={"actors": " ".join(f.actors)}, fact=f.id,
               citations=tuple(r.citation for r in f.readings))
        for f in facts
    )  # fmt: skip
    values: dict[str, Any] = {
        "mechanism": mechanism, "status": word, "facts": tuple(f.id for f in facts),
        "citations": citations, "as_of": date(2022, 3, 1), "known_by": date(2022, 3, 1),
        "sources": len({c.source for c in citations}),
        "trace": Trace.of(Reason(kind="status", key=f"status.{word}", children=children)),
    }  # fmt: skip
    if "reason" in more:
        more["trace"] = Trace.of(more.pop("reason"))
    return MechanismStatus(**{**values, **more})


def source(of: Report, **more: Any) -> Source:
    """Return the report as a source that appeared on a settled day."""
    days = more.pop("days", (day(date(2022, 2, 26)),))
    steps = (DatingStep(rule="meeting-day", before=(), after=days),)
    values: dict[str, Any] = {
        "hash": of.hash, "label": of.label, "outlet": of.outlet, "title": of.text[:20],
        "group": of.hash, "dating": Dating(source=of.hash, candidates=days, steps=steps),
    }  # fmt: skip
    return Source(**{**values, **more})


def crisis() -> Material:
    """Return the made-up crisis: consultations asked for, a limit, a claim against it, a delivery."""
    one = report(
        FIRST, "one", title=span(FIRST, "Norland demande des consultations"), outlet="gazette",
        furniture=(Furniture(span=span(FIRST, "Partager cet article"), kind="share", rule="x"),),
        notes=(QualityNote(kind="no-date"),),
        credits=(Credit(kind="agency", name="nord", span=span(FIRST, "NORDVILLE")),),
        evidence=(DateEvidence(kind="mention", bound="not-before", range=day(date(2022, 2, 25)),
                               span=span(FIRST, "vendredi")),),
    )  # fmt: skip
    two = report(SECOND, "two", notes=(QualityNote(kind="no-outlet"),))
    friday = day(date(2022, 2, 25))
    asked = {"type": "REQUEST", "cues": ("article-4",), "recipients": ("pact",), "date": friday}
    first = act(one, "Norland et Sudland ont demandé vendredi des consultations de l'alliance",
                "demandé", actors=("NOR", "SUD"), **asked)  # fmt: skip
    second = act(two, "Huit Etats ont demandé vendredi des consultations de l'alliance",
                 "demandé", actors=("NOR", "SUD", "EST"), **asked)  # fmt: skip
    request = fact(first, second, differences=(
        Difference(field="actors", values={"NOR, SUD": (first.id,), "EST, NOR, SUD": (second.id,)}),
    ))  # fmt: skip
    said = statement(one, "Nous n'enverrons pas de soldats à Estmark", speaker="ada-berg",
                     via=("gazette",))  # fmt: skip
    no_troops = fact(act(
        one, "Nous n'enverrons pas de soldats à Estmark", "enverrons", type="MOBILIZE",
        aux=("future", "negation"), actors=("pact",), places=("EST",), cues=("no-troops",),
        attributed_to="ada-berg", reason=span(FIRST, "ce serait la guerre"),
    ))  # fmt: skip
    claim = fact(act(
        one, "Le ministre d'Ostrie affirme que l'alliance fait la guerre à son pays", "affirme",
        type="ACCUSE", actors=("ost-minister",), recipients=("pact",), cues=("not-a-party",),
    ))  # fmt: skip
    aid = fact(act(
        two, "Norland livrera environ 2 000 missiles à Estmark", "livrera", type="AID",
        aux=("future",), actors=("NOR",), recipients=("EST",), instruments=("missiles",),
        quantities=(Amount(value=2000, unit="item", of="missiles", approx=True,
                           span=span(SECOND, "2 000")),), cues=("partner-support",),
    ))  # fmt: skip
    names = {"article-4": "Consultations", "no-troops": "Envoi de troupes", "not-a-party": "Partie"}
    return Material(
        alliance={"fr": "Le Pacte", "en": "The Pact"},
        mechanisms=tuple(
            MechanismWords(id=i, names={"fr": n, "en": n}, limit=i != "article-4")
            for i, n in names.items()
        ),
        own=("NOR", "SUD", "pact"), as_of=date(2022, 3, 1), known_by=date(2022, 3, 1),
        statuses=(
            status("article-4", "engaged", request, stage="asked_for", since=friday,
                   by=("NOR", "SUD")),
            status("no-troops", "ruled_out", no_troops, single_source=True),
            status("not-a-party", "ruled_out", claims=(claim.id,), disputed=True),
        ),
        facts=(request, no_troops, claim, aid), statements=(said,),
        sources=(source(one), source(two)), reports=(one, two),
        disagreements=tuple((request, d) for d in request.differences),
    )  # fmt: skip
