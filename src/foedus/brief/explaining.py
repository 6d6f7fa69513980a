"""Why a mechanism stands where it stands, as lines of text.

Comes in: a status with its reason, a tree of message ids and values. Goes out: lines in the words
of a language, for a terminal; the page lays out the same words as nested lists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from foedus.alliance import load_alliance, world_of
from foedus.alliance.records import MechanismStatus, Reason
from foedus.brief.material import alliance_words
from foedus.brief.passages import plain, visible
from foedus.brief.words import Names, Words
from foedus.ledger.records import Citation

__all__ = ["explain", "reason_text"]

_FORCE = ("host", "framework", "size")
_CODES = {"stage": "stage", "standing": "standing", "mechanism": "mechanism", "checked": "checked"}


def explain(
    status: MechanismStatus,
    *,
    lang: str = "fr",
    names: Names | None = None,
    declared: Mapping[str, Mapping[str, str]] | None = None,
    quote: Callable[[Citation], str | None] | None = None,
    alliance: str = "nato",
) -> tuple[str, ...]:
    """Return the explanation of a status as lines of text, fit for a terminal.

    Args:
        status: the status; its ``reason`` is the tree.
        lang: the language of the words.
        names: what names entities; without it, the world register, and the alliance's own words.
        declared: the alliance's own words, from :func:`~foedus.brief.material.declared_words`.
        quote: gives the words of a citation, which are then shown under it.
        alliance: the name of the alliance whose words are taken when none are given.

    Raises:
        FoedusError: the language has no catalogue.
    """
    if names is None:
        names = world_of(alliance)
        declared = declared or alliance_words(load_alliance(alliance))
    words = Words(lang, names, declared)
    lines: list[str] = []
    # A stack instead of recursion: a tree may be deeper than Python's calls may nest.
    stack: list[tuple[Reason, str, str]] = [(status.reason, "", "")]
    while stack:
        reason, first, rest = stack.pop()
        lines.append(first + plain(_with_citations(reason, words)))
        lines += [f"{rest}   « {plain(t)} »" for t in _quotes(reason, quote)]
        children = reason.children
        for number in range(len(children) - 1, -1, -1):
            last = number == len(children) - 1
            branch, below = ("└─ ", "   ") if last else ("├─ ", "│  ")
            stack.append((children[number], rest + branch, rest + below))
    return tuple(lines)


def reason_text(reason: Reason, words: Words) -> str:
    """Return one node of an explanation in words; a key without a message is shown with its values."""
    values = {name: _value(name, value, words) for name, value in reason.values.items()}
    if "stage" in values and "mechanism" in values:
        values["stage"] = words.stage(reason.values["mechanism"], reason.values["stage"])
    if "wanted" in values and "stages" in values:
        stages = reason.values["stages"].split(", ")
        named = words.either(words.stage(reason.values["mechanism"], s) for s in stages)
        values["wanted"] = words.t("wanted.stages", wanted=values["wanted"], stages=named)
    if reason.kind == "status" and "as_of" in values:
        return _status_text(reason, values, words)
    if not words.has(reason.key):
        shown = ", ".join(f"{visible(n)}: {value}" for n, value in sorted(values.items()))
        label = words.t(reason.key)
        return f"{label} ({shown})" if shown else label
    values["text"] = _declared_text(reason.values, words)
    values["what"] = _what(values)
    values["date"] = _date(reason.values, values, words)
    values["origin"] = _joined([values.get("outlet"), values.get("published")], " ({})")
    values["until"] = words.t("parameter.until", left=values["left"]) if "left" in values else ""
    force = [words.t(f"force.{n}", value=values[n]) for n in _FORCE if n in values]
    values["more"] = _joined(force, ", {}")
    text = words.t(reason.key, **values)
    return words.t("fact.necessary", text=text) if reason.values.get("necessary") else text


def _value(name: str, value: str, words: Words) -> str:
    """Return the words for a value; its name tells codes and entities apart."""
    if name in _CODES:
        return words.code(_CODES[name], value)
    if name in ("speaker", "outlet", "state", "place", "person", "office"):
        return words.entity(value)
    if name in ("actors", "recipients", "places", "framework", "competent"):
        return words.entities(p.strip() for p in value.split(",") if p.strip())
    if name == "wanted":
        return words.either(words.code("status", s.strip()) for s in value.split(","))
    if name == "type":
        return words.code("type", value)
    if name == "level":
        return words.code("level", value)
    if name in ("rule", "reference", "article", "by") or name.startswith("text."):
        return visible(value)
    return words.value(value)


def _status_text(reason: Reason, values: Mapping[str, str], words: Words) -> str:
    limit = words.declares(f"limit.{reason.values.get('mechanism')}")
    key = reason.key.replace("status.", "status.limit.", 1) if limit else reason.key
    more = [values.get("stage"), values.get("since"), values.get("expected")]
    return words.t(
        "why.status",
        mechanism=values.get("mechanism", ""),
        status=words.t(key),
        more=_joined(more, " ({})"),
        as_of=values["as_of"],
        known_by=values.get("known_by", values["as_of"]),
    )


def _declared_text(values: Mapping[str, str], words: Words) -> str:
    """Return the declared paraphrase of a clause in the page's language, or in the first there is."""
    texts = {name[5:]: text for name, text in sorted(values.items()) if name.startswith("text.")}
    return visible(texts.get(words.language) or next(iter(texts.values()), ""))


def _what(values: Mapping[str, str]) -> str:
    """Return a fact in a line: what, who, to whom, where."""
    who = " → ".join(v for name in ("actors", "recipients") if (v := values.get(name)))
    others = (values.get(name) for name in ("subject", "places", "place", "level"))
    return ", ".join(p for p in (values.get("type"), who, *others) if p) or "–"


def _date(raw: Mapping[str, str], values: Mapping[str, str], words: Words) -> str:
    shown = values["date"] if raw.get("date") else words.t("date.unknown")
    if raw.get("date") and raw.get("dated") == "no":
        shown = words.t("since.reported", date=shown)
    return words.t("since.unsettled", date=shown) if raw.get("unsettled") == "yes" else shown


def _joined(parts: list[str | None] | list[str], form: str) -> str:
    """Return the parts that there are, in a form; nothing when there is none."""
    shown = ", ".join(p for p in parts if p)
    return form.format(shown) if shown else ""


def _with_citations(reason: Reason, words: Words) -> str:
    cited = "; ".join(_where(c) for c in reason.citations)
    text = reason_text(reason, words)
    return f"{text} [{cited}]" if cited else text


def _where(citation: Citation) -> str:
    if citation.line:
        return f"{citation.report}:{citation.line}"
    if citation.span is not None:
        return f"{citation.report} {citation.span[0]}–{citation.span[1]}"
    return citation.report


def _quotes(reason: Reason, quote: Callable[[Citation], str | None] | None) -> list[str]:
    if quote is None:
        return []
    return [text for c in reason.citations if (text := quote(c))]
