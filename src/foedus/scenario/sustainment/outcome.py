"""What stocks come to, for people: bands by day, floors, what giving costs, and what to be told beside.

Comes in: the model and the columns of all draws. Goes out: a :class:`~foedus.scenario.model.Part`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from foedus.scenario.model import Columns, Cost, Part, Series, Text, band, bands

if TYPE_CHECKING:
    from foedus.scenario.sustainment.model import Sustainment

__all__ = ["shown"]


def shown(model: Sustainment, columns: Columns) -> Part:
    """Return the section's part of the page and of the summary."""
    series = tuple(_series(model, columns, k) for k in range(len(model.stocks)))
    costs = tuple(_cost(model, columns, g) for g in range(len(model.gifts)))
    return Part(series=series, costs=costs, notes=(*_warnings(model, columns), *model.notes))


def _series(model: Sustainment, columns: Columns, k: int) -> Series:
    stock = model.stocks[k]
    low, mid, high = bands(columns["stock"][:, :, k])
    return Series(
        id=stock.name.replace(" ", "-"), kind="stock",
        title=_both(stock.member_title, stock.kind_title), unit=stock.unit, days=model.kept,
        low=low, mid=mid, high=high, floor=band(columns["floor"][:, k]).mid,
        floor_day=band(columns["floor_day"][:, k]),
    )  # fmt: skip


def _both(member: Text, kind: Text) -> Text:
    languages = {
        *(member if isinstance(member, dict) else ()),
        *(kind if isinstance(kind, dict) else ()),
    }
    if not languages:
        return f"{member}: {kind}"
    colon = {"fr": " :"}
    return {
        key: f"{_in(member, key)}{colon.get(key, ':')} {_in(kind, key)}"
        for key in sorted(languages)
    }


def _in(text: Text, language: str) -> str:
    """Return the words in a language, or in whichever there are."""
    return text if isinstance(text, str) else text.get(language, next(iter(text.values())))


def _cost(model: Sustainment, columns: Columns, g: int) -> Cost:
    gift = model.gifts[g]
    giver = model.stocks[gift.giver]
    days = columns["cost"][:, g]
    given = np.quantile(columns["given"][:, g], 0.5, method="inverted_cdf")
    return Cost(
        donor=giver.member_title, item=gift.title, amount=float(given), unit=giver.unit,
        # a giver without a floor needs nothing for itself: there is no day to count
        days=band(np.where(np.isnan(days), np.inf, days)), fact=", ".join(gift.facts),
    )  # fmt: skip


def _warnings(model: Sustainment, columns: Columns) -> list[Text]:
    """Say what a reader should know before he believes a curve."""
    found: list[Text] = []
    for k, stock in enumerate(model.stocks):
        share = float(np.mean(columns["floor"][:, k] > columns["opening"][:, k]))
        if share:
            found.append(
                {
                    "en": f"{_in(stock.member_title, 'en')} starts below its floor in {_percent(share)} of draws.",
                    "fr": f"{_in(stock.member_title, 'fr')} commence sous son plancher dans {_percent(share, ',')} des tirages.",
                }
            )
        if np.isfinite(columns["outrun_day"][:, k]).any():
            found.append(_outrun(model, columns, k))
    for g, gift in enumerate(model.gifts):
        if gift.below_floor:
            found.append(_dug(model, columns, g))
    return found


def _outrun(model: Sustainment, columns: Columns, k: int) -> Text:
    stock = model.stocks[k]
    days, unmet = band(columns["outrun_day"][:, k]), band(columns["unmet"][:, k])
    when = "–".join("∞" if d is None else f"{d:.0f}" for d in (days.low, days.high))
    lacking = "–".join(f"{n or 0:,.0f}" for n in (unmet.low, unmet.high))
    return {
        "en": f"{_in(stock.member_title, 'en')}: demand outruns supply in {_percent(days.share)} of draws, for the first time "
        f"on day {when} (10–90 %). Lacking by the end: {lacking} ({_in(stock.kind_title, 'en')}).",
        "fr": f"{_in(stock.member_title, 'fr')} : la demande dépasse l'offre dans {_percent(days.share, ',')} des tirages, la "
        f"première fois au jour {when} (10–90 %). Il manque à la fin {lacking.replace(',', ' ')} "
        f"({_in(stock.kind_title, 'fr')}).",
    }


def _dug(model: Sustainment, columns: Columns, g: int) -> Text:
    gift = model.gifts[g]
    name = model.stocks[gift.giver].member_title
    share = float(np.mean(columns["below_floor"][:, g] > 0))
    return {
        "en": f"{_in(name, 'en')} may go below its floor for {_in(gift.title, 'en')}, and does in {_percent(share)} of draws.",
        "fr": f"{_in(name, 'fr')} peut descendre sous son plancher pour {_in(gift.title, 'fr')}, et le fait dans "
        f"{_percent(share, ',')} des tirages.",
    }


def _percent(share: float, point: str = ".") -> str:
    return f"{100 * share:.3g} %".replace(".", point)
