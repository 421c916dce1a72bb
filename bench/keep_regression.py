"""PostgreSQL's own regression suite through the classifier: nothing that loses data is called safe.

Every statement of ``src/test/regress/sql`` is judged by the catalog of the moment and then run, on
a scratch server. Of each that was called safe or reversible it is held that

- no row of a table that others could know of was updated or deleted, but in tables that the
  judgement names for it, and there no more than the limit (the server's own counts of the
  transaction, so that triggers and cascades are seen, too);
- no table lost its file (TRUNCATE, a rewrite) while it held rows, unless it was meant;
- nothing is gone from pg_class, pg_attribute, pg_proc, pg_type, pg_namespace, large objects, roles
  or databases, unless the verdict was reversible.

The suite comes from Debian's source package of the installed server and is not kept.

Run: ``python bench/keep_regression.py [--files select,delete] [--source DIR] [--minutes 20]``
"""

from __future__ import annotations

import argparse
import asyncio
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.sensors.store.sources.servers import postgres

from hongxian.guards.keep.statements.catalog import Catalog
from hongxian.guards.keep.statements.classify import Classifier
from hongxian.guards.keep.statements.read_catalog import read_catalog
from hongxian.guards.keep.statements.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.keep.statements.verdict import Judgement

TOKEN = re.compile(
    r"""(?P<skip>--[^\n]*|/\*.*?\*/|[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|"""
    r"""(?P<tag>\$(?:[A-Za-z_]\w*)?\$).*?(?P=tag))|(?P<end>;)|(?P<meta>^\\[^\n]*$|\\g\w*[^\n]*$)|"""
    r"""(?P<open>\()|(?P<close>\))|(?P<atomic>\bbegin\s+atomic\b)|(?P<over>\bend\b)|"""
    r"""(?P<case>\bcase\b)""",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
ROWS = """
select c.oid::regclass::text as name, n.nspname || '.' || c.relname as full_name,
  pg_stat_get_xact_tuples_deleted(c.oid) + pg_stat_get_xact_tuples_updated(c.oid) as taken
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and c.relpersistence <> 't' and c.oid >= 16384
  and pg_stat_get_xact_tuples_deleted(c.oid) + pg_stat_get_xact_tuples_updated(c.oid) > 0
"""
THINGS = """
select 'class ' || c.oid || ' ' || c.relname as name,
  case when c.relkind in ('r', 'm') and pg_relation_size(c.oid) > 0
    then c.relfilenode::text end as file
from pg_class c where c.oid >= 16384 and c.relpersistence <> 't' and c.relkind <> 'i'
  and c.relkind <> 't'
union all select 'column ' || attrelid || ' ' || attname, null from pg_attribute a
join pg_class c on c.oid = a.attrelid
where a.attrelid >= 16384 and attnum > 0 and not attisdropped and c.relpersistence <> 't'
  and c.relkind in ('r', 'p')
union all select 'function ' || oid, null from pg_proc where oid >= 16384
union all select 'schema ' || oid, null from pg_namespace where oid >= 16384 and nspname !~ '^pg_'
union all select 'role ' || oid, null from pg_authid where oid >= 16384
union all select 'database ' || oid, null from pg_database where oid >= 16384
union all select 'large object ' || oid, null from pg_largeobject_metadata
"""
RUN = {"TransactionStmt", "SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt",
       "ExplainStmt", "VariableSetStmt", "VariableShowStmt", "FetchStmt", "DeclareCursorStmt",
       "ClosePortalStmt", "CopyStmt", "CommentStmt", "PrepareStmt", "ExecuteStmt"}  # fmt: skip
"""After them the catalog is as before."""

OUTSIDE = {"TransactionStmt", "CallStmt", "DoStmt"}
"""They may begin or end transactions, so they run in none of ours, unchecked."""


def fetch(folder: Path) -> Path:
    """Fetch Debian's source of the installed server; return the folder of the suite."""
    version = subprocess.run(
        ["dpkg-query", "-W", "-f", "${source:Version}", "postgresql-15"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    parts, lists = folder / "parts", folder / "lists" / "partial"
    parts.mkdir()
    lists.mkdir(parents=True)
    for source in Path("/etc/apt/sources.list.d").glob("*.sources"):
        text = source.read_text().replace("Types: deb\n", "Types: deb-src\n")
        (parts / source.name).write_text(text)
    options = [
        "-o", "Dir::Etc::sourcelist=/dev/null", "-o", f"Dir::Etc::sourceparts={parts}",
        "-o", f"Dir::State::lists={lists.parent}", "-o", "APT::Sandbox::User=root",
    ]  # fmt: skip
    for command in (
        ["update"],
        ["source", "--download-only", "--tar-only", f"postgresql-15={version}"],
    ):
        subprocess.run(["apt-get", "-q", *options, *command], cwd=folder, check=True,
                       capture_output=True)  # fmt: skip
    with tarfile.open(next(folder.glob("*.orig.tar.*"))) as packed:
        inside = [one for one in packed.getmembers() if "/src/test/regress/" in one.name]
        packed.extractall(folder, inside, filter="data")
    return next(folder.glob("postgresql-*/src/test/regress"))


def statements(text: str) -> Iterator[str]:
    """Give the statements of a script as psql would send them, without its own commands."""
    start = depth = atomic = 0
    for found in TOKEN.finditer(text):
        if found.start() < start:
            continue
        depth += bool(found["open"]) - bool(found["close"])
        atomic += bool(found["atomic"]) + (atomic > 0 and bool(found["case"]))
        if found["over"] and atomic:
            atomic -= 1
        if found["meta"]:
            one = text[start : found.start()].strip()
            if found["meta"].startswith(("\\g", "\\crosstab")) and one:
                yield one
            start, depth, atomic = found.end(), 0, 0
        elif found["end"] and depth <= 0 and not atomic:
            one = text[start : found.end()].strip()
            start, depth = found.end(), 0
            yield one
            if re.search(
                r"^copy\b.*\bfrom\s+stdin\b", one, re.IGNORECASE | re.DOTALL | re.MULTILINE
            ):
                data = re.compile(r"^\\\.$", re.MULTILINE).search(text, start)
                start = data.end() if data else start


def filled(text: str, root: Path) -> str:
    """Return a script with the names of its files filled in."""
    names = dict(re.findall(r"^\\set (\w+) :abs_srcdir '([^']+)'", text, re.MULTILINE))
    for name, place in names.items():
        text = text.replace(f":'{name}'", f"'{root}{place}'")
    return text


async def lost(
    connection: Any, before: dict[str, Any], rows: dict[str, int], found: Judgement
) -> list[str]:
    """Return what a statement took although it was called safe or reversible."""
    now = {one["name"]: one["file"] for one in await connection.fetch(THINGS)}
    named = {one.name for one in found.touched if one.action in ("update", "delete")}
    # counts of earlier transactions stay until the server has written them down
    counts = {one["full_name"]: one["taken"] - rows.get(one["full_name"], 0)
              for one in await connection.fetch(ROWS)}  # fmt: skip
    taken = [f"{count} rows of {name}" for name, count in counts.items()
             if count > (1000 if name in named else 0)]  # fmt: skip
    if found.verdict is Verdict.SAFE:
        taken += [f"gone: {name}" for name in before if name not in now]
        # a copy that is written anew keeps its rows: ALTER TABLE ADD COLUMN
        taken += [f"file: {name}" for name, file in before.items()
                  if file and name in now and now[name] is None]  # fmt: skip
    return taken


class Suite:
    """One run over the suite."""

    def __init__(self, connection: Any, seconds: float) -> None:
        """Start with nothing counted."""
        self.connection, self.until = connection, time.monotonic() + seconds
        self.counts: Counter[str] = Counter()
        self.misses: list[str] = []
        self.catalog: Catalog | None = None
        self.builtin: Catalog | None = None

    async def script(self, name: str, text: str) -> None:
        """Judge and run the statements of a script."""
        self.catalog = None
        for sql in statements(text):
            if (
                re.search(r"(?<!:):[A-Za-z_']", re.sub(r"'[^']*'", "", sql))
                or time.monotonic() > self.until
            ):
                self.counts["left out"] += 1
                continue
            await self.one(name, sql)
        await self.connection.reset()

    async def one(self, name: str, sql: str) -> None:
        """Judge and run one statement."""
        connection = self.connection
        try:
            if self.catalog is None:
                self.catalog = await read_catalog(connection, self.builtin)
                self.builtin = self.builtin or self.catalog
                self.kept = Classifier(self.catalog)
            found = self.kept.classify(sql)
        except asyncpg.PostgresError:  # inside of a failed transaction nothing can be read
            found = Classifier(self.builtin or Catalog.of()).classify(sql)
        self.counts[found.verdict.name.lower()] += 1
        kinds = {one.kind for one in found.statements}
        if "CopyStmt" in kinds and re.search(r"\bstd(in|out)\b", sql, re.IGNORECASE):
            self.counts["judged only (data of the client)"] += 1
            return
        checked = found.verdict <= Verdict.REVERSIBLE and not kinds & OUTSIDE
        own = not connection.is_in_transaction()
        try:
            if checked and own:
                await connection.execute("begin")
            before, rows = {}, {}
            if checked:
                await connection.execute("select pg_stat_clear_snapshot()")
                before = {row["name"]: row["file"] for row in await connection.fetch(THINGS)}
                rows = {row["full_name"]: row["taken"] for row in await connection.fetch(ROWS)}
            await connection.execute(sql)
            if checked:
                self.counts["run and checked"] += 1
                bad = await lost(connection, before, rows, found)
                self.misses += [f"{name}: {one}: {sql[:300]}" for one in bad]
        except (asyncpg.PostgresError, asyncpg.InterfaceError, AttributeError):
            self.counts["failed on the server"] += 1
        if checked and own:
            await self._end()
        if not kinds <= RUN or not found.statements:
            self.catalog = None

    async def _end(self) -> None:
        try:
            await self.connection.execute("commit")
        except (asyncpg.PostgresError, asyncpg.InterfaceError):
            await self.connection.execute("rollback")


async def run(texts: dict[str, str], seconds: float) -> int:
    """Run the suite; return how many misses there were."""
    with postgres() as spec:
        connection = await asyncpg.connect(spec)
        await connection.execute("create database regression")
        await connection.close()
        limits = {"statement_timeout": "20s", "lock_timeout": "5s"}
        connection = await asyncpg.connect(
            spec.rsplit("/", 1)[0] + "/regression", server_settings=limits
        )
        suite = Suite(connection, seconds)
        try:
            for name, text in texts.items():
                await suite.script(name, text)
                print(f"{name}: {suite.counts.total()} counted, {len(suite.misses)} misses",
                      file=sys.stderr, flush=True)  # fmt: skip
        finally:
            connection.terminate()
    for one in suite.misses:
        print("CALLED SAFE:", one)
    print(", ".join(f"{count} {what}" for what, count in sorted(suite.counts.items())))
    print(f"{len(suite.misses)} misses")
    return len(suite.misses)


def main() -> None:
    """Fetch the suite, run it, and end with 1 if a statement that loses data was called safe."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", help="names of files of the suite; all in their order otherwise")
    parser.add_argument("--source", type=Path, help="src/test/regress of an unpacked source")
    parser.add_argument("--minutes", type=float, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        root = given.source or fetch(folder)
        order = (root / "parallel_schedule").read_text()
        names = [
            one for line in re.findall(r"^test: (.*)$", order, re.MULTILINE) for one in line.split()
        ]
        chosen = given.files.split(",") if given.files else []
        names = [one for one in names if not chosen or one == "test_setup" or one in chosen]
        paths = {one: root / "sql" / f"{one}.sql" for one in names}
        texts = {
            one: filled(path.read_text("utf-8", "replace"), root)
            for one, path in paths.items() if path.exists()
        }  # fmt: skip
        sys.exit(1 if asyncio.run(run(texts, given.minutes * 60)) else 0)


if __name__ == "__main__":
    main()
