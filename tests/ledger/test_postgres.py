"""A ledger in PostgreSQL: what only a server can do, and can do wrong."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from foedus.errors import FoedusError
from foedus.ledger import Ledger, judge
from foedus.ledger.store import open_store
from foedus.report.records import Report
from tests.ledger.builders import act, coded, finder, report
from tests.ledger.conftest import Opener, Places, opener
from tests.ledger.judged_crisis import ANA, ASKS, BORIS, CRISIS, act_id, ana, boris, by
from tests.postgresql import OWNER, PASSWORD, Server

ONE = coded(report("one", "2022-02-25"), act("REQUEST", actors="EST", cues="article-4"))
TWO = coded(report("two", "2022-02-26"), act("REQUEST", actors="POL", cues="article-4"))


@pytest.fixture
def opened(databases: Places) -> Opener:
    return opener(databases)


def refused(url: str, **options: Any) -> str:
    """What is said when it cannot be opened; it never holds the password."""
    with pytest.raises(FoedusError) as told:
        open_store(url, **options)
    said = f"{told.value}{told.value.__cause__!r}"
    assert PASSWORD not in said
    assert "geheim" not in said
    return str(told.value)


def test_what_keeps_one_out_is_told(server: Server) -> None:
    here = f"127.0.0.1:{server.port}"
    server.run("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    for url, words in (
        (server.url(password="geheim"), "refuses this user or password (check both"),
        (f"postgresql://{OWNER}@{here}/postgres", "refuses this user or password"),
        (server.url(user="nobody"), "refuses this user or password"),
        (server.url("crisis2049"), "no such database (create it with createdb"),
        (server.url("latin"), "the database is encoded in LATIN1"),
        ("postgresql://u:geheim@127.0.0.1:1/x", "the server cannot be reached (nothing listens"),
        ("postgresql://u:geheim@no-such-host.invalid/x", "the server cannot be reached (its name"),
        ("postgresql://u:geheim@/x?host=/no/where", "the server cannot be reached"),
        (server.url(sslmode="require"), "do not agree on encryption"),
        ("postgresql://u:ge%heim@h/x", "not written as PostgreSQL reads it"),
        (f"postgresql://{here}/x?geheim=1", "not written as PostgreSQL reads it"),
        ("postgresql://?service=no-such", "there is no such service"),
        (server.url(options="-csearch_path=nowhere"), "has no schema that this role may use"),
    ):
        assert words in refused(url), url


def test_the_server_is_named_and_the_password_is_not(server: Server) -> None:
    said = refused(server.url("crisis2049"))
    assert said.startswith(f"postgresql://{OWNER}@127.0.0.1:{server.port}/crisis2049: ")


def test_the_password_may_come_from_the_environment(
    server: Server, databases: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As libpq does it: PGPASSWORD, a password file, a service file."""
    open_store(server.url()).close()
    bare = f"postgresql://{OWNER}@127.0.0.1:{server.port}/postgres"
    with monkeypatch.context() as patch:
        patch.setenv("PGPASSWORD", PASSWORD)
        open_store(bare, read_only=True).close()
    passwords = tmp_path / "pgpass"
    passwords.write_text(f"*:*:*:{OWNER}:{PASSWORD}\n")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    open_store(bare, read_only=True).close()
    services = tmp_path / "services"
    services.write_text(
        f"[team]\nhost={server.folder}\nport={server.port}\ndbname=postgres\nuser={OWNER}\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    store = open_store("postgresql://?service=team", read_only=True)
    assert str(store.address) == "postgresql://?service=team"
    store.close()


def test_somebody_elses_tables_are_left_alone(server: Server, databases: Places) -> None:
    url = databases("other")
    (schema,) = server.run("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'other %'")[-1]
    server.run(f'CREATE TABLE "{schema}".accounts (n integer)')
    assert "the database has tables, but no ledger" in refused(url)
    server.run(f'CREATE TABLE "{schema}".meta (n integer)')
    assert "the tables are not those of a ledger" in refused(url)


def test_a_server_that_stops_in_the_middle_keeps_nothing_of_the_step(
    server: Server, opened: Opener
) -> None:
    ledger = opened()
    ledger.add([ONE])

    class Stops(finder):
        def marks(self, of: Report) -> Any:
            if isinstance(broken._finder, Stops):
                broken._finder = finder(())
                server.stop()
            return super().marks(of)

    broken = opened(copies=())
    broken._finder = Stops(())
    try:
        broken.add([TWO])
        with pytest.raises(FoedusError, match="connection to the server was lost"):
            broken.settle()
        with pytest.raises(FoedusError, match="connection to the server was lost"):
            ledger.add([TWO])
    finally:
        server.start()
    broken.close()
    ledger.close()
    with opened() as again:
        assert [r.label for r in again.reports()] == ["one", "two"], "the step before was kept"
        assert again._shelf.pending() >= {TWO[0].hash}
        assert len(again.acts()) == 2


def test_a_connection_that_is_ended_is_told(server: Server, opened: Opener) -> None:
    with opened() as ledger:
        ledger.add([ONE])
        server.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'foedus'"
        )
        with pytest.raises(FoedusError, match="connection to the server was lost"):
            ledger.reports()


def test_time_limits_are_the_servers_own(server: Server, databases: Places) -> None:
    url = databases("crisis")
    open_store(url).close()
    store, other = (
        open_store(url),
        open_store(url.replace("-csearch", "-clock_timeout%3D50%20-csearch")),
    )
    late = pytest.raises(FoedusError, match="another writer has held the ledger")
    with store.transaction(), late, other.transaction():
        pass

    def sleep() -> None:
        with other.transaction():
            other._run("SET LOCAL statement_timeout = 1")
            other._run("SELECT pg_sleep(5)")

    with pytest.raises(FoedusError, match="time limit ran out"):
        sleep()
    with other.transaction():
        other.insert("calendar", [("a", 1, "{}")])
    assert store.rows("calendar", "file", "file") == [("a",)]
    store.close()
    other.close()


def at_once(*tasks: Callable[[], None]) -> None:
    """Do all of it at the same time, and raise what any of them raised."""
    raised: list[BaseException] = []
    start = threading.Barrier(len(tasks))

    def run(task: Callable[[], None]) -> None:
        try:
            start.wait(10)
            task()
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if raised:
        raise raised[0]


def exported(ledger: Ledger, folder: Path) -> dict[str, bytes]:
    ledger.export(folder)
    return {p.name: p.read_bytes() for p in folder.iterdir()}


def test_two_who_write_at_once_lose_nothing_and_double_nothing(
    opened: Opener, tmp_path: Path
) -> None:
    """From the making of the tables on: different reports, the same report, judgements."""
    many = [coded(report(f"r{n:02}", "2022-02-25", outlet=f"o{n % 3}"),
                  act("REQUEST", actors="POL", cues="article-4")) for n in range(12)]  # fmt: skip
    copies = [("r00", "r01"), ("r05", "r06"), ("r10", "r11")]

    def writer(mine: list[Any], person: str) -> Callable[[], None]:
        def write() -> None:
            with opened("crisis", copies=copies) as ledger:
                for told in mine:
                    ledger.add([told, ASKS])
                    judge(ledger, "unsure", [act_id(told)], **by(person))
                    judge(ledger, "confirm", [act_id(ASKS)], **by(BORIS))

        return write

    opened("crisis")  # gives the name its place
    at_once(writer(many[::2], ANA), writer(many[1::2], "Carl"), writer(many[::3], ANA))
    with opened("quiet", copies=copies) as quiet:
        quiet.add([*many, ASKS])
        for n, told in enumerate(many):
            judge(quiet, "unsure", [act_id(told)], **by("Carl" if n % 2 else ANA))
            if n % 3 == 0:
                judge(quiet, "unsure", [act_id(told)], **by(ANA))
        judge(quiet, "confirm", [act_id(ASKS)], **by(BORIS))
        alone = exported(quiet, tmp_path / "quiet")
    with opened("crisis", read_only=True) as ledger:
        assert len(ledger.reports()) == 13
        assert exported(ledger, tmp_path / "both") == alone


def test_who_looks_for_copies_looks_at_what_is_there_when_he_writes(databases: Places) -> None:
    """The second to add comes while the first is at it: the pair that they make is found."""
    url, second = databases("crisis"), threading.Thread()

    class Slow(finder):
        def marks(self, of: Report) -> Any:
            nonlocal second
            second = threading.Thread(target=add, args=(TWO, find))
            second.start()
            second.join(0.5)
            return super().marks(of)

    def add(told: Any, with_: Any) -> None:
        with Ledger.open(url, find_copies=with_) as ledger:
            ledger.add([told])

    find = finder([("one", "two")])
    open_store(url).close()
    add(ONE, Slow([("one", "two")]))
    second.join(60)
    with Ledger.open(url, read_only=True) as ledger:
        assert [len(source.copies) for source in ledger.sources()] == [1, 1]


def test_two_who_make_the_tables_at_once(databases: Places) -> None:
    url = databases("fresh")
    at_once(*[lambda: open_store(url).close() for _ in range(6)])
    assert open_store(url, read_only=True).rows("meta", "key", "key") == [("schema",)]


def test_a_reader_sees_one_moment_and_waits_for_nobody(opened: Opener) -> None:
    with opened() as writer:
        writer.add([ASKS])
        reader = opened(read_only=True)
        with writer._shelf.alone():
            assert len(reader.reports()) == 1
        writer.add(CRISIS)
        ana(writer, "reject", act_id(CRISIS[2]))
        assert [len(reader.facts()), len(reader.judgements())] == [2, 0]
        assert all(f.readings for f in reader.facts())
        reader.close()
        with opened(read_only=True) as later:
            assert len(later.judgements()) == 1


def test_one_who_judges_sees_what_others_added(opened: Opener) -> None:
    with opened() as one, opened() as other:
        one.add([ASKS])
        other.add([CRISIS[2]])
        ana(other, "confirm", act_id(ASKS))
        boris(one, "reject", act_id(ASKS))
        assert [j.state for j in one.judgements()] == ["opposed", "opposed"]


def sql_of_the_guide() -> list[list[str]]:
    """The statements of each block."""
    page = Path(__file__).parents[2] / "docs" / "guides" / "ledger-for-a-team.md"
    blocks = re.findall(r"^```sql\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
    return [[s.strip() for s in block.split(";") if s.strip()] for block in blocks]


def test_the_rights_that_the_guide_grants_are_enough_and_no_more(
    server: Server, tmp_path: Path
) -> None:
    roles, rights, once = sql_of_the_guide()
    names = ("crisis_owner", "ana", "zoe")
    server.run(*roles, *[f"ALTER ROLE {n} PASSWORD '{PASSWORD}'" for n in names])
    create = ("-O", "crisis_owner", "-E", "UTF8", "-T", "template0")
    server.program("createdb", *create, "crisis")
    server.run(*rights, database="crisis")
    owner, analyst, reader = (server.url("crisis", user=name) for name in names)
    assert "no right to do that" in refused(analyst), "nobody but the owner makes the tables"
    open_store(owner).close()
    server.run(*once, database="crisis")
    with Ledger.open(analyst, find_copies=finder(())) as ledger:
        ledger.add(CRISIS)
        ledger.set_calendar([])
        ledger.add(CRISIS)
        done = ana(ledger, "confirm", act_id(ASKS))
    store = open_store(analyst)
    for table, column, value in (("judgements", "id", done.id), ("meta", "key", "schema")):
        with pytest.raises(FoedusError, match="no right to do that"), store.transaction():
            store.delete(table, column, [value])
    store.close()
    with Ledger.open(reader, find_copies=finder(())) as ledger:
        with pytest.raises(FoedusError, match="no right to do that"):
            ana(ledger, "reject", act_id(ASKS))
        assert len(ledger.judgements()) == 1
        before = exported(ledger, tmp_path / "before")

    dump = str(tmp_path / "crisis.dump")
    server.program("pg_dump", "-Fc", "-d", "crisis", "-f", dump)
    server.program("createdb", *create, "crisis_again")
    server.program("pg_restore", "--exit-on-error", "-d", "crisis_again", dump)
    with Ledger.open(server.url("crisis_again"), read_only=True) as ledger:
        assert exported(ledger, tmp_path / "after") == before


KILLED = """
import os, signal, sys
from foedus.ledger.store import open_store
from foedus.report.records import Report
store = open_store(sys.argv[1])
with store.transaction():
    store.insert("calendar", [("half.yaml", n, "{}") for n in range(1000)])
    print("half", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_kill_in_the_middle_leaves_nothing_and_holds_up_nobody(
    opened: Opener, databases: Places
) -> None:
    with opened() as ledger:
        ledger.add([ONE])
    done = subprocess.run(
        [sys.executable, "-c", KILLED, databases("crisis")], capture_output=True, text=True
    )
    assert done.stdout == "half\n"
    began = time.monotonic()
    store = open_store(databases("crisis"))
    with store.transaction():
        assert store.rows("calendar", "file", "file") == []
    assert time.monotonic() - began < 30
    store.close()


@pytest.fixture
def encrypted(server: Server) -> Iterator[Path]:
    """Let the server offer TLS, with a certificate of its own making."""
    certificate, key = server.folder / "own.crt", server.folder / "own.key"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    made += ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    server.own([*made, "-keyout", str(key), "-out", str(certificate)])
    settings = {"ssl_cert_file": certificate, "ssl_key_file": key, "ssl": "on"}
    server.run(*[f"ALTER SYSTEM SET {name} = '{value}'" for name, value in settings.items()])
    server.run("SELECT pg_reload_conf()")
    while server.run("SHOW ssl") != [("on",)]:
        time.sleep(0.02)
    yield certificate
    server.run(*[f"ALTER SYSTEM RESET {name}" for name in settings], "SELECT pg_reload_conf()")


def test_tls_is_what_the_address_asks_for(
    server: Server, encrypted: Path, databases: Places, tmp_path: Path
) -> None:
    url = databases("crisis") + "&sslmode=verify-full&sslrootcert="
    store = open_store(url + str(encrypted))
    assert store._ask("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") == [(True,)]
    store.close()
    assert "do not agree on encryption" in refused(url + "system")
    assert "do not agree on encryption" in refused(url + str(tmp_path / "none.crt"))
