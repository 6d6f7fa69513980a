"""A PostgreSQL server of the tests' own, in a temporary folder, started and thrown away."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

OWNER, PASSWORD = "owner", "ein geheimes/Wort@#?"
"""Who may do everything, and a password that has to be encoded in an address."""

_QUICK = "-c fsync=off -c full_page_writes=off -c max_connections=40 -c shared_buffers=16MB"


def programs() -> Path | None:
    """Return the folder of the newest server that is installed."""
    found = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    newest = max(found, key=lambda p: float(p.parent.name), default=None)
    return newest or (Path(on_path).parent if on_path else None)


class Server:
    """A running server. Only its owner's password opens it, by TCP and by socket."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="foedus-pg-"))
        self._bin = folder
        # The server refuses to run as root.
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            self._as = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self.folder.chmod(0o755)
        secret = self.folder / "secret"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        self._do("initdb", "-U", OWNER, "--auth=scram-sha-256", f"--pwfile={secret}",
                 "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        where = f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self.folder}"
        log = str(self.folder / "log")
        self._do("pg_ctl", "start", "-w", "-s", "-l", log, "-o", f"{_QUICK} {where}")

    def stop(self) -> None:
        """Stop it as a crash would."""
        self._do("pg_ctl", "stop", "-w", "-s", "-m", "immediate")

    def remove(self) -> None:
        """Stop it and remove all it wrote."""
        try:
            self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def program(self, name: str, *arguments: str) -> str:
        """Run one of its client programs as the owner and return what it printed."""
        login = {"PGUSER": OWNER, "PGPASSWORD": PASSWORD, "PGHOST": "127.0.0.1"}
        env = {**os.environ, **login, "PGPORT": str(self.port)}
        command = [str(self._bin / name), *arguments]
        return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout

    def url(
        self, database: str = "postgres", *, user: str = OWNER, password: str = PASSWORD, **more: str
    ) -> str:  # fmt: skip
        """Return an address with everything in it."""
        asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in more.items())
        login = f"{user}:{quote(password, safe='')}"
        return f"postgresql://{login}@127.0.0.1:{self.port}/{database}?{asked}".rstrip("?")

    def run(self, *statements: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Carry out statements as the owner, each by itself; return the rows of the last."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as db:
            for statement in statements:
                found = db.execute(statement.encode())
            return found.fetchall() if found.description else []

    def ledger(self, name: str) -> str:
        """Return the address of a fresh schema, where a ledger can be made."""
        self.run(f'CREATE SCHEMA "{name}"')
        return self.url(options="-csearch_path=" + f'"{name}"'.replace(" ", "\\ "))

    def _do(self, program: str, *arguments: str) -> None:
        self.own([str(self._bin / program), "-D", str(self.folder / "data"), *arguments])

    def own(self, command: list[str]) -> None:
        """Run a command as the user that the server runs as."""
        # Into a file: a server that goes on would keep a pipe open.
        with (self.folder / "out").open("w+") as out:
            done = subprocess.run(
                command,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                **self._as,
            )
            out.seek(0)
            assert done.returncode == 0, f"{command[0]}: {out.read()}, see {self.folder}/log"
