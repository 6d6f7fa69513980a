"""The wording of one language: frames, things, speech verbs, operators; read from its folder.

Comes in: a folder such as ``coding/lang/fr``. Goes out: a :class:`Lexicon`, checked as it is read.
Every entry keeps the file and line it came from, so that a record can name the line that
produced it and an analyst can go and mend it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from foedus.acts import Aux, EventType
from foedus.coding.wording.grammar import Grammar
from foedus.coding.wording.labelling import Labelling
from foedus.declared import Lines, load_declared
from foedus.errors import FoedusError

__all__ = [
    "NAMED_KINDS",
    "Frame",
    "Grammar",
    "Lexicon",
    "Operator",
    "SpeechVerb",
    "Thing",
    "load_lexicon",
]

LANG_ROOT = Path(__file__).parents[1] / "lang"

NAMED_KINDS = ("place", "state", "body", "person")
"""Classes that names have by what they name; things.yaml gives the words their classes."""

Role = Literal["actor", "recipient", "place", "instrument", "theme", "none"]


class Frame(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way of saying that an act of a PLOVER type is done.

    ``verbs`` and ``nouns`` are lemmas that trigger it, ``phrases`` fixed expressions (their lemmas in
    order). ``about`` are classes of things of which the object must name one; ``unless`` classes
    that it must not. ``subject`` restricts who can do it to entities (``entity``) or to a class of things.
    ``object``, ``to``, ``against``, ``of``, ``by``, ``onto`` tell which role that complement fills. ``absorbs``:
    what stands in its complement is content (demanded, promised, refused), not a second act.
    ``says``: its clause, infinitive or quoted complement is a statement too. ``negated``: the frame
    needs a negation, which then belongs to it and is no auxiliary mode. ``reflexive``: true asks for « se »,
    false forbids it. ``along`` is the role of « avec X ». ``needs_party``: no act unless somebody
    who does or suffers it is found; ``needs`` asks for one or the other by name,
    or for a place. ``rank`` is added to how well the frame fits: below 0 for a last resort. ``by_speaker``: whoever says it does it, to
    the subject (« elle doit se retirer » is a request). ``owner_acts``: under a passive without an
    agent, whoever its subject belongs to does it (« X's ships were sent »). ``tenseless``: its tense makes no auxiliary
    mode. ``purpose``: after « pour » it is still an act to come. ``inner_roles``: parties named in
    its infinitive complement are its own (« promet de livrer à X »). ``light``: further verbs
    whose subject does what this noun names (« annonce une opération »). ``mode_if``: another mode
    where the clause names a thing of that class. ``gives``: recipients
    that its words name without being entities (refugees). ``beside``: one of these expressions must
    stand after it in its clause, ``not_beside`` none. ``doer``: what does it must name a thing of
    one of these classes. ``tense``: only in these tenses. ``does``: the role of its active subject.
    ``negation: false``: never with one (« n'exclut pas » refuses nothing).
    ``toward`` is the role of « pour X ». ``direct``: the object itself must be what the frame is
    about, not what it is « of ».
    """

    id: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    subject: Literal["any", "entity", "person"] = "entity"
    complement: Literal["any", "clause", "none"] = "any"
    beside: tuple[str, ...] = ()
    not_beside: tuple[str, ...] = ()
    direct: bool = False
    doer: tuple[str, ...] = ()
    tense: tuple[Literal["past", "present", "future", "conditional", "infinitive"], ...] = ()
    does: Role = "actor"
    toward: Role = "none"
    reflexive: bool | None = None
    type: EventType | None = None
    mode: str | None = None
    contexts: tuple[str, ...] | None = None
    instruments: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    object: Role = "theme"
    to: Role = "recipient"
    against: Role = "recipient"
    of: Role = "theme"
    by: Role = "actor"
    onto: Role = "place"
    absorbs: bool = False
    says: bool = False
    negated: bool = False
    negation: bool = True
    aux: tuple[Aux, ...] = ()
    needs_party: bool = False
    needs: tuple[Literal["actor", "recipient", "place"], ...] = ()
    rank: int = 0
    along: Role = "none"
    by_speaker: bool = False
    owner_acts: bool = False
    tenseless: bool = False
    purpose: bool = True
    inner_roles: bool = True
    light: tuple[str, ...] = ()
    mode_if: Mapping[str, str] = {}
    gives: tuple[str, ...] = ()
    where: str = ""


class _FrameFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    type: EventType
    contexts: tuple[str, ...] = ()
    frames: tuple[Frame, ...] = ()


class Thing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of thing that acts are about: its slug, its class, the words that name it."""

    slug: str | None = None
    classes: tuple[str, ...]
    words: tuple[str, ...]


class _ThingFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    things: tuple[Thing, ...]


class SpeechVerb(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Verbs that introduce what somebody says; ``bare``: they take a noun phrase as content.

    ``reflexive``: they say only with « se » (« se défend d'avoir menti »).
    """

    verbs: tuple[str, ...]
    bare: bool = False
    as_phrase: bool = False
    reflexive: bool = False


class _SpeechFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verbs: tuple[SpeechVerb, ...]
    phrases: tuple[str, ...] = ()
    according_to: tuple[str, ...] = ()
    askers: tuple[str, ...] = ()
    answering: tuple[str, ...] = ()
    interview: tuple[str, ...] = ()
    pointing_back: tuple[str, ...] = ()
    for_speaker: tuple[str, ...] = ()
    pairs: Mapping[str, tuple[str, ...]] = {}
    via_verbs: tuple[str, ...] = ()
    via_places: tuple[str, ...] = ()
    citing: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    put_to: tuple[str, ...] = ()
    not_saying: tuple[str, ...] = ()
    anonymous: tuple[str, ...] = ()
    not_sources: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    noun_endings: tuple[str, ...] = ()
    as_words: tuple[str, ...] = ()
    of_oneself: tuple[str, ...] = ()
    judging: tuple[str, ...] = ()
    withholding: tuple[str, ...] = ()
    light: Mapping[str, tuple[str, ...]] = {}
    qualifying: Mapping[str, tuple[str, ...]] = {}
    spoken_of: Mapping[str, tuple[str, ...]] = {}
    spoken_idly: tuple[str, ...] = ()
    composed: Mapping[str, tuple[str, ...]] = {}
    deeds: Mapping[str, tuple[str, ...]] = {}


class Operator(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words over an act that change how it stands: « prévoir de » future, « envisager de » …"""

    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adds: tuple[Aux, ...] = ()
    negates: bool = False
    done: tuple[EventType, ...] = ()


class _OperatorFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    operators: tuple[Operator, ...]


class _LanguageFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    parser: str
    unused: tuple[str, ...] = ()
    known_name: str | None = None
    labelling: Labelling | None = None


class Lexicon(msgspec.Struct, frozen=True, kw_only=True):
    """All wording of one language, indexed for the coder."""

    language: str
    folder: Path
    parser: str
    unused: tuple[str, ...] = ()
    known_name: str | None = None
    labelling: Labelling | None = None
    frames: tuple[Frame, ...]
    by_verb: Mapping[str, tuple[Frame, ...]]
    by_noun: Mapping[str, tuple[Frame, ...]]
    by_phrase: Mapping[str, tuple[tuple[tuple[str, ...], Frame], ...]]
    triggers: frozenset[str]
    things: Mapping[str, tuple[tuple[tuple[str, ...], Thing], ...]]
    speech: Mapping[str, SpeechVerb]
    sayings: _SpeechFile
    operator_verbs: Mapping[str, Operator]
    operator_nouns: Mapping[str, Operator]
    grammar: Grammar


def _frames(folder: Path, classes: set[str]) -> tuple[Frame, ...]:
    found: list[Frame] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        content, lines = load_declared(path, _FrameFile)
        for number, frame in enumerate(content.frames):
            where = f"{path.name}:{lines.of('frames', number)}"
            _check_frame(frame, number, lines, classes)
            if frame.id in seen:
                raise lines.error(
                    f"frame {frame.id!r} stands twice, first in {seen[frame.id]}",
                    "frames", number, "id", remedy="give one of them another id",
                )  # fmt: skip
            seen[frame.id] = where
            contexts = frame.contexts if frame.contexts is not None else content.contexts
            found.append(
                msgspec.structs.replace(
                    frame, type=frame.type or content.type, contexts=contexts, where=where
                )
            )
    return tuple(found)


def _check_frame(frame: Frame, number: int, lines: Lines, classes: set[str]) -> None:
    if not (frame.verbs or frame.nouns or frame.phrases):
        raise lines.error(
            f"frame {frame.id!r} has no word that triggers it", "frames", number,
            remedy="give it verbs, nouns or phrases",
        )  # fmt: skip
    for key in ("about", "unless", "doer"):
        for name in getattr(frame, key):
            if name not in classes:
                raise lines.error(
                    f"frame {frame.id!r} asks for the class {name!r}, which things.yaml does not have",
                    "frames", number, key, remedy=f"one of: {', '.join(sorted(classes))}",
                )  # fmt: skip


_T = TypeVar("_T")


def _longest(items: list[tuple[tuple[str, ...], _T]]) -> tuple[tuple[tuple[str, ...], _T], ...]:
    """Order phrases so that the longest is tried first."""
    return tuple(sorted(items, key=lambda item: -len(item[0])))


def _indexed(frames: tuple[Frame, ...], key: str) -> dict[str, tuple[Frame, ...]]:
    index: dict[str, list[Frame]] = {}
    for frame in frames:
        for word in getattr(frame, key):
            index.setdefault(word, []).append(frame)
    return {word: tuple(items) for word, items in index.items()}


def _added_up(things: tuple[Thing, ...]) -> dict[str, Thing]:
    """Each word's thing; of a word that stands in several lines, the classes add up."""
    found: dict[str, Thing] = {}
    for thing in things:
        for word in thing.words:
            known = found.get(word)
            if known is None or known is thing:
                found[word] = thing
                continue
            classes = tuple(dict.fromkeys([*known.classes, *thing.classes]))
            slug = known.slug or thing.slug
            found[word] = msgspec.structs.replace(known, classes=classes, slug=slug)
    return found


def _unreflexive(verb: str) -> str:
    """« s'exclamer », « se féliciter »: the verb as its lemma has it."""
    return verb.removeprefix("s'").removeprefix("se ")


@cache
def load_lexicon(language: str, root: Path = LANG_ROOT) -> Lexicon:
    """Read the wording of ``language`` from its folder under ``root``.

    Raises:
        FoedusError: a file is missing or wrong; file and line are named.
    """
    folder = root / language
    if not folder.is_dir():
        raise FoedusError(
            f"no wording for the language {language!r}", where=folder,
            remedy=f"one of: {', '.join(sorted(p.name for p in root.iterdir() if p.is_dir()))}",
        )  # fmt: skip
    about, _ = load_declared(folder / "language.yaml", _LanguageFile)
    things, _ = load_declared(folder / "things.yaml", _ThingFile)
    speech, _ = load_declared(folder / "speech.yaml", _SpeechFile)
    operators, _ = load_declared(folder / "operators.yaml", _OperatorFile)
    grammar, _ = load_declared(folder / "grammar.yaml", Grammar)
    classes = {name for thing in things.things for name in thing.classes} | set(NAMED_KINDS)
    frames = _frames(folder / "frames", classes)
    by_phrase: dict[str, list[tuple[tuple[str, ...], Frame]]] = {}
    for frame in frames:
        for phrase in frame.phrases:
            words = tuple(phrase.split())
            by_phrase.setdefault(words[0], []).append((words, frame))
    by_thing: dict[str, list[tuple[tuple[str, ...], Thing]]] = {}
    for phrase, thing in _added_up(things.things).items():
        words = tuple(phrase.split())
        by_thing.setdefault(words[0], []).append((words, thing))
    by_verb, by_noun = _indexed(frames, "verbs"), _indexed(frames, "nouns")
    return Lexicon(
        language=language,
        folder=folder,
        parser=about.parser,
        unused=about.unused,
        known_name=about.known_name,
        labelling=about.labelling,
        frames=frames,
        by_verb=by_verb,
        by_noun=by_noun,
        by_phrase={word: _longest(items) for word, items in by_phrase.items()},
        triggers=frozenset({*by_verb, *by_noun, *by_phrase}),
        things={word: _longest(items) for word, items in by_thing.items()},
        speech={_unreflexive(verb): entry for entry in speech.verbs for verb in entry.verbs},
        sayings=speech,
        operator_verbs={verb: o for o in operators.operators for verb in o.verbs},
        operator_nouns={noun: o for o in operators.operators for noun in o.nouns},
        grammar=grammar,
    )
