"""Files as spreadsheets write them, rows as a researcher writes them, mistakes all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.acts import days_text
from foedus.errors import FoedusError
from foedus.ledger.hand import Chronology, Entry, read_chronology
from foedus.world import load_world

WORLD = load_world()
HEAD = "date,type,actors,recipients,text\n"


def read(folder: Path, content: str | bytes, **more: object) -> Chronology:
    path = folder / "chronology.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_chronology(path, world=WORLD, **{"by": "Ana", **more})  # type: ignore[arg-type]


def one(folder: Path, content: str | bytes, **more: object) -> Entry:
    found = read(folder, content, **more)
    assert not found.mistakes, [str(m) for m in found.mistakes]
    ((entry, _),) = found.rows
    return entry


def mistakes(folder: Path, content: str | bytes, **more: object) -> list[str]:
    return [str(m) for m in read(folder, content, **more).mistakes]


def test_a_row_becomes_an_act(tmp_path: Path) -> None:
    entry = one(
        tmp_path,
        "date;type;acteurs;destinataires;lieux;moyens;quantités;indices;texte;journal;titre;paru le\n"
        "25/02/2022;AID;Pologne, Estonie;Ukraine;Kiev;missiles antichars;"
        '"1 000 missiles antichars; ~33 millions EUR";partner-support;Livraison;Le Monde;Des armes;2022-02-26\n',
    )
    act = entry.act
    assert (act.type, days_text(act.date)) == ("AID", "2022-02-25")
    assert (act.actors, act.recipients, act.places) == (("POL", "EST"), ("UKR",), ("kyiv",))
    assert act.instruments == ("anti-tank-systems",)
    assert [(q.value, q.unit, q.of, q.approx) for q in act.quantities] == [
        (1000, "item", "anti-tank-systems", False), (33e6, "EUR", None, True),
    ]  # fmt: skip
    assert [entry.text[slice(*q.span)] for q in act.quantities] == [
        "1 000 missiles antichars", "~33 millions EUR",
    ]  # fmt: skip
    assert entry.cited is not None
    assert entry.cited.worded == "le-monde, « Des armes », 2022-02-26"


@pytest.mark.parametrize(
    "content",
    [
        HEAD.encode() + "2022-02-24,AID,Pologne,Ukraine,Été\n".encode(),
        b"\xef\xbb\xbf" + HEAD.encode() + "2022-02-24,AID,Pologne,Ukraine,Été\r\n".encode(),
        (HEAD.replace(",", ";") + "2022-02-24;AID;Pologne;Ukraine;Été\n").encode("cp1252"),
        (HEAD.replace(",", "\t") + "2022-02-24\tAID\tPologne\tUkraine\tÉté\n").encode("utf-16"),
        ("sep=;\r\n" + HEAD.replace(",", ";") + "2022-02-24;AID;Pologne;Ukraine;Été\r\n").encode(),
        (HEAD + '\n"2022-02-24","AID","Pologne","Ukraine","Été"\n\n,,,,\n').encode(),
        b"text,recipients,actors,type,date,_mine\n" + "Été,UKR,POL,aid,2022-02-24,x\n".encode(),
    ],
    ids=["utf-8", "mark", "windows", "utf-16", "sep", "quoted", "order"],
)
def test_a_file_is_read_however_it_was_saved(tmp_path: Path, content: bytes) -> None:
    act = one(tmp_path, content).act
    assert (act.type, act.actors, act.recipients) == ("AID", ("POL",), ("UKR",))


def test_the_same_row_saved_otherwise_is_the_same_row(tmp_path: Path) -> None:
    row = "2022-02-24,AID,Pologne,Ukraine,Livraison\n"
    saved = [
        one(tmp_path, HEAD + row),
        one(tmp_path, "sep=;\n\n" + (HEAD + row).replace(",", ";")),
        one(tmp_path, "text,type,actors,recipients,date\nLivraison,AID,Pologne,Ukraine,2022-02-24"),
    ]
    assert len({entry.id for entry in saved}) == 1
    assert one(tmp_path, HEAD + row, by="Boris").id != saved[0].id
    assert one(tmp_path, HEAD + row.replace("Livraison", "Don")).id != saved[0].id


def test_a_row_of_several_lines_is_at_the_first_of_them(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD + ',AID,POL,UKR,"a\nb"\n,AID,POL,UKR,c\n')
    assert [(line, entry.text.rpartition(": ")[2]) for entry, line in found.rows] == [
        (2, "a\nb"), (4, "c"),
    ]  # fmt: skip


def test_every_mistake_is_named_with_line_column_and_remedy(tmp_path: Path) -> None:
    content = (
        "date,type,mode,aux,actors,quantities,cues,published,url\n"
        "04/03/2022,AIDE,,,Polonge,,,,\n"
        "hier,CONSULT,kick,perhaps,OTAN,beaucoup,article-44,,\n"
        ",AID,,,,,,,\n"
        ',AID,,,POL,"1,000 tanks",,2022-03-01,javascript:alert(1)\n'
        ",AID,,,POL,,,,,extra\n"
    )
    assert mistakes(tmp_path, content, cues={"article-4", "article-5"}) == [
        "chronology.csv:2 type: 'AIDE' is no event type (did you mean AID?)",
        "chronology.csv:2 actors: 'Polonge' is nobody the register knows (did you mean POL? for a new one write id:polonge)",
        "chronology.csv:2 date: 04/03/2022 may be 2022-03-04 or 2022-04-03 (write it so, or say --day-order)",
        "chronology.csv:3 aux: 'perhaps' is no auxiliary mode (some of: historical, future, hypothetical, negation)",
        "chronology.csv:3 mode: CONSULT has no mode 'kick' (one of: visit, third-party, multilateral, phone)",
        "chronology.csv:3 quantities: 'beaucoup' does not begin with a figure (write 120 tanks, ~20 drones, ≥1000 person of soldiers, 33 million EUR)",
        "chronology.csv:3 cues: 'article-44' is no cue (did you mean article-4 or article-5?)",
        "chronology.csv:3 date: 'hier' is no date (write 2022-02-24, 2022-02, 2022 or 2022-02-18/2022-02-24)",
        "chronology.csv:4 type: the row says nothing beside its type (say who, to whom, where or what)",
        "chronology.csv:5 url: 'javascript:alert(1)' is no address (write it whole: https://…)",
        "chronology.csv:5 published: there is a day, but no source that appeared on it (name its outlet)",
        "chronology.csv:5 quantities: '1,000 tanks' may be 1000 or 1.000 (write thousands without a comma)",
        "chronology.csv:6: has more cells than the first line (put the cell that holds a separator in quotation marks)",
    ]


def test_what_is_wrong_with_the_first_line(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "date,acteurz,type,type\n") == [
        "chronology.csv:1: there is no column 'acteurz' (did you mean acteur or acteurs? a column of your own begins with _)",
        "chronology.csv:1: column type stands twice (leave one)",
    ]
    (missing,) = mistakes(tmp_path, "date,actors\n2022,POL\n")
    assert missing.startswith("chronology.csv:1: there is no column type")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04zip", "is a zip archive or an office document (save it as CSV, UTF-8)"),
        (b"type\x00actors", "is binary, not text"),
        (b"date,type\n" + b"\xc3\xa9 et cetera, " * 100 + b"\xff", "bytes that are no UTF-8"),
    ],
)
def test_what_is_no_csv_at_all(tmp_path: Path, content: bytes, what: str) -> None:
    with pytest.raises(FoedusError) as caught:
        read(tmp_path, content)
    assert what in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / "chronology.csv"))


def test_an_open_quotation_mark_is_told_with_its_line(tmp_path: Path) -> None:
    (told,) = mistakes(tmp_path, HEAD + ',AID,POL,UKR,x\n,AID,POL,UKR,"never closed\n')
    assert told.startswith("chronology.csv:3: is no CSV:")


@pytest.mark.parametrize("hidden", ["\x1b[2J", "a\x00b", "\u202eevil", "a\u2066b"])
def test_characters_that_steer_a_terminal_are_refused(tmp_path: Path, hidden: str) -> None:
    if "\x00" in hidden:
        with pytest.raises(FoedusError):
            read(tmp_path, f"{HEAD},AID,POL,UKR,{hidden}\n")
        return
    told = " ".join(mistakes_or_error(tmp_path, f"{HEAD},AID,POL,UKR,{hidden}\n"))
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "invisible character" in told or "binary" in told


def mistakes_or_error(folder: Path, content: str) -> list[str]:
    try:
        return mistakes(folder, content)
    except FoedusError as error:
        return [str(error)]


def test_a_formula_is_text_and_comes_back_from_an_export(tmp_path: Path) -> None:
    formula = one(tmp_path, f"{HEAD},AID,POL,UKR,=HYPERLINK(1)\n")
    assert formula.text.endswith("text: =HYPERLINK(1)")
    assert one(tmp_path, f"{HEAD},AID,POL,UKR,'=HYPERLINK(1)\n").id == formula.id
    assert one(tmp_path, f"{HEAD},AID,POL,UKR,'s Gravenhage\n").text.endswith("'s Gravenhage")


def test_the_same_row_twice_is_a_mistake(tmp_path: Path) -> None:
    row = ",AID,POL,UKR,x\n"
    assert mistakes(tmp_path, HEAD + row + row) == [
        "chronology.csv:3: says the same as line 2 (remove one of the two)"
    ]


def test_nobody_without_an_author(tmp_path: Path) -> None:
    (told,) = mistakes(tmp_path, f"{HEAD},AID,POL,UKR,x\n", by="")
    assert told == "chronology.csv:2 author: nobody is named (name the author, or say --by NAME)"
    own = one(tmp_path, "type,actors,auteur\nAID,POL,Boris\n", by="Ana")
    assert own.by == "Boris"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("POL", "POL"), ("pologne", "POL"), ("Poland", "POL"), ("Varsovie", "POL"),
        ("Kiev", "UKR"), ("OTAN", "nato"), ("Jens Stoltenberg", "jens-stoltenberg"),
        ("id:jane-doe", "jane-doe"), ("les Etats-Unis", "USA"), ("l’Ukraine", "UKR"),
    ],
)  # fmt: skip
def test_who_is_meant(tmp_path: Path, written: str, meant: str) -> None:
    assert one(tmp_path, f"{HEAD},AID,{written},,x\n").act.actors == (meant,)


@pytest.mark.parametrize("written", ["polland", "polonais", "jane-doe", "id:Jane Doe", "=cmd"])
def test_who_is_not_guessed(tmp_path: Path, written: str) -> None:
    assert mistakes(tmp_path, f"{HEAD},AID,{written},,x\n")
