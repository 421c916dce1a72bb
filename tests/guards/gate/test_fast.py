from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.guards.gate import exchanged

from hongxian.guards.gate import fast
from hongxian.guards.gate.exchange import covers, finder, json_mask
from hongxian.guards.gate.exchange.field_lines import FieldLines
from hongxian.guards.gate.live import plain_heads, worker
from hongxian.info.recognise import fast as recognise
from hongxian.signals import keys

USE = """
import sys
from hongxian.guards.gate import fast
used = fast.use()
from hongxian.guards.gate.live import processes, serve, settings
from hongxian.guards.gate.live.worker import Worker
print(used, Worker.__module__.rpartition(".")[2], fast.use())
"""
Both = Callable[[list[tuple[bytes, bytes]]], tuple[list[Any], list[Any]]]
POLICY = """
[gate]
mode = "enforce"
[listen]
address = "127.0.0.1:0"
[upstream]
servers = ["http://127.0.0.1:1"]
[callers]
account = ["header:x-user"]
[endpoints."POST /*"]
mask = ["basic.phone", "basic.email"]
needs = ["basic.phone"]
[endpoints."POST /*".limits."basic.phone"]
distinct = 5
"""
PHONE = "13800138000"


def compiled() -> ModuleType | None:
    """Return the compiled layers, if they are of these sources."""
    try:
        module = import_module("hongxian.guards.gate.compiled")
    except ImportError:
        return None
    return module if fast.digest(Path(fast.__file__).parents[2]) == module.SOURCE else None


PLAIN = SimpleNamespace(
    Keys=keys.Keys,
    plain_request=plain_heads.plain_request, plain_answer=plain_heads.plain_answer,
    starred=json_mask.starred, masked_json=json_mask.masked_json, partly=covers.partly,
    Finder=finder.Finder,
)  # fmt: skip
OTHER: Any = compiled() or PLAIN


@pytest.mark.parametrize("plain", ["", "1"])
def test_the_layers_are_compiled_unless_they_are_to_be_plain(plain: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", USE], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": ":".join(sys.path), **({fast.PLAIN: plain} if plain else {})},
    )  # fmt: skip
    used = OTHER is not PLAIN and not plain
    assert done.stdout.split() == [str(used), "compiled" if used else "worker", str(used)]


CORE = (
    "signals", "guards/gate/test_core.py", "guards/gate/test_enumeration.py",
    "guards/gate/test_state.py", "guards/gate/test_question.py", "guards/gate/live/test_chunks.py",
    "guards/gate/exchange/test_callers.py", "guards/gate/exchange/test_covers.py",
    "guards/gate/exchange/test_json_mask.py", "guards/gate/live/test_heads.py",
    "guards/gate/live/test_answering.py", "guards/gate/live/test_client.py",
)  # fmt: skip


def test_what_holds_for_plain_layers_holds_for_compiled_ones() -> None:
    tests = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "-p",
         "tests.guards.gate.compiled_layers", *[str(tests / one) for one in CORE]],
        capture_output=True, text=True, check=False, cwd=tests.parent,
        env={**os.environ, "PYTHONPATH": ":".join([str(tests.parent), *sys.path])},
    )  # fmt: skip
    assert (done.returncode, done.stdout[-2_000:] if done.returncode else "") == (0, "")


@pytest.mark.parametrize(("source", "plain", "used"), [
    ("these", "", True), ("others", "", False), ("", "", False), ("these", "1", False)
])  # fmt: skip
def test_only_a_module_of_these_sources_is_used(
    monkeypatch: pytest.MonkeyPatch, source: str, plain: str, used: bool
) -> None:
    def imported(name: str) -> Any:
        if not name.endswith(".compiled"):
            return import_module(name)
        if not source:
            raise ImportError(name)
        return SimpleNamespace(SOURCE=source, COMPILED_NAMES=[["Thing"]], Thing=7)

    name = "hongxian.guards.gate.made_up"
    monkeypatch.setattr(fast, "LAYERS", ("guards.gate.made_up",))
    monkeypatch.setattr(fast, "import_module", imported)
    monkeypatch.setattr(fast, "digest", lambda _: "these")
    monkeypatch.setenv(fast.PLAIN, plain)
    try:
        assert fast.use() == used
        assert (name in sys.modules) == used
        assert fast.use() == used
        assert not used or import_module("hongxian.guards.gate").made_up.Thing == 7
    finally:
        sys.modules.pop(name, None)


def test_layers_that_come_in_between_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "hongxian.guards.gate.made_up"

    def imported(_: str) -> Any:
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
        return SimpleNamespace(SOURCE="these", COMPILED_NAMES=[[]])

    monkeypatch.setattr(fast, "LAYERS", ("guards.gate.made_up",))
    monkeypatch.setattr(fast, "import_module", imported)
    monkeypatch.setattr(fast, "digest", lambda _: "these")
    monkeypatch.delenv(fast.PLAIN, raising=False)
    with pytest.raises(RuntimeError, match="made_up"):
        fast.use()


def test_plain_layers_in_use_stay() -> None:
    fast.use()
    assert sys.modules["hongxian.guards.gate.live.worker"] is worker


def test_a_change_of_what_is_compiled_lets_make_compile_it_again() -> None:
    root = Path(__file__).parents[3]
    own = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(
        ["make", "-npq", ".venv/.product"], capture_output=True, text=True, check=False, cwd=root,
        env=own,
    )  # fmt: skip
    (rule,) = [line for line in done.stdout.splitlines() if line.startswith(".venv/.product:")]
    kernel = [root / "src/hongxian/info/recognise" / f"{one}.py" for one in recognise.LAYERS]
    cutter = [*(root / "src/hongxian/sensors/traffic/columns/cut").glob("*.p[yx]*")]
    gate = [root / "src/hongxian" / f"{one.replace('.', '/')}.py" for one in fast.LAYERS]
    types = [root / "src/hongxian" / fast.TYPES]
    missing = {str(one.relative_to(root)) for one in (*kernel, *cutter, *gate, *types)}
    assert not missing - set(rule.split())


NUMBERS = st.integers(13_000_000_000, 19_999_999_999)
VALUES = st.one_of(
    NUMBERS, NUMBERS.map(str),
    st.sampled_from(["a@b.cn", "电话 13800138000", "李四", 'x"y', "\n", ""]),
    st.lists(NUMBERS.map(str), max_size=7), st.integers(0, 99), st.none(),
)  # fmt: skip
BODIES = st.dictionaries(
    st.sampled_from(["phone", "a", "名", PHONE, "realName"]), VALUES, max_size=4
)
TARGETS = st.sampled_from(["/m", "/users/42", f"/q?x={PHONE}", "/a%2fb;c", f"/by/{PHONE}"])
HEADERS = st.sampled_from([
    "Content-Type: application/json", "X-User: u", "X-User: v", "Connection: keep-alive",
    "Forwarded: for=1", "Cookie: a=b", "Range: bytes=0-1",
])  # fmt: skip


@st.composite
def exchanges(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """Return a request and its answer."""
    body = json.dumps(draw(BODIES), ensure_ascii=draw(st.booleans())).encode()
    lines = [
        f"POST {draw(TARGETS)} HTTP/1.1", "Host: a", f"Content-Length: {len(body)}",
        *draw(st.lists(HEADERS, max_size=4)),
    ]  # fmt: skip
    told = json.dumps(draw(BODIES), ensure_ascii=draw(st.booleans())).encode()
    status = draw(st.sampled_from(["200 OK", "404 Not Found", "204 No Content"]))
    kind = draw(st.sampled_from([
        "application/json", "text/plain", "image/png", "text/event-stream", "text/html", "text/xml",
    ]))  # fmt: skip
    if "ml" in kind:
        told = b"<p title=x>%b</p>" % told
    answer = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        "ETag: x",
        f"Content-Length: {len(told)}",
    ]
    if "204" in status:
        told = b""
        answer[-1:] = []
    head = "\r\n".join([*lines, "", ""]).encode()
    return head + body, "\r\n".join([*answer, "", ""]).encode() + told


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Return what exchanges become in plain layers, and in compiled ones of another process."""
    policy = tmp_path_factory.mktemp("gate") / "gate.toml"
    policy.write_text(POLICY, "utf-8")
    with subprocess.Popen(
        [sys.executable, exchanged.__file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, env={"PYTHONPATH": ":".join(sys.path)},
    ) as child:  # fmt: skip
        assert child.stdin is not None
        assert child.stdout is not None
        assert json.loads(child.stdout.readline()) == (OTHER is not PLAIN)

        def told(found: list[tuple[bytes, bytes]]) -> tuple[list[Any], list[Any]]:
            rows = [[base64.b64encode(one).decode() for one in pair] for pair in found]
            child.stdin.write(json.dumps([str(policy), rows]) + "\n")
            child.stdin.flush()
            return exchanged.exchanged(policy, found), json.loads(child.stdout.readline())

        yield told


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(found=st.lists(exchanges(), min_size=1, max_size=6))
def test_exchanges_go_the_same_way(other: Both, found: list[tuple[bytes, bytes]]) -> None:
    plain, compiled = other(found)
    assert plain == compiled


@given(
    st.binary(max_size=60), st.sampled_from([b"GET / HTTP/1.1\r\n", b"HTTP/1.1 200 OK\r\n", b""])
)
def test_heads_are_read_alike(data: bytes, before: bytes) -> None:
    head = before + data + b"\r\nContent-Length: 3\r\n\r\n"
    for one in ("plain_request", "plain_answer"):
        plain, other = [getattr(of, one)(head) for of in (PLAIN, OTHER)]
        assert (plain is None) == (other is None)
        if plain is not None:
            assert plain[:-1] == other[:-1]
            assert [getattr(plain[-1], name) for name in FieldLines.__slots__] == [
                getattr(other[-1], name) for name in FieldLines.__slots__
            ]


@given(st.recursive(VALUES, lambda one: st.lists(one) | st.dictionaries(st.text(), one)))
def test_values_are_found_and_masked_alike(value: Any) -> None:
    data = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    made = []
    for of in (PLAIN, OTHER):
        hits = of.Finder().find(data)
        some = {info: of.partly(info) for _, _, info in hits}
        made.append((list(hits), of.masked_json(data, hits, some), of.starred(data, hits, some)))
    assert made[0] == made[1]


@given(
    st.sampled_from(["basic.phone", "object", "property.bank_card", "x"]),
    st.text(max_size=20) | NUMBERS.map(str),
)
def test_keys_are_alike(info: str, value: str) -> None:
    assert tuple(OTHER.Keys(b"s").of(info, value)) == tuple(PLAIN.Keys(b"s").of(info, value))
