from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

import hongxian.guards.gate.live.worker  # noqa: F401 - layers that are in use stay plain here
from hongxian.cli.gate import command
from hongxian.errors import HongxianError
from hongxian.guards.gate.agents import spop

LEAST = '[listen]\naddress = "127.0.0.1:0"\n[upstream]\nservers = ["http://127.0.0.1:8000"]\n'


def policy(tmp_path: Path, text: str) -> str:
    path = tmp_path / "gate.toml"
    path.write_text(text, "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("lang", "line"), [("zh", "策略无误（模式 learn"), ("en", "the policy is right")]
)
def test_a_policy_is_checked_without_starting_anything(
    tmp_path: Path, lang: str, line: str
) -> None:
    done = CliRunner().invoke(
        command, ["--policy", policy(tmp_path, LEAST), "--check", "--lang", lang]
    )
    assert (done.exit_code, line in done.output) == (0, True)


def test_a_faulty_policy_starts_nothing(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["--policy", policy(tmp_path, LEAST + "[limit]\n")])
    assert isinstance(done.exception, HongxianError)
    assert "unknown key 'limit'" in str(done.exception)


def test_an_address_that_cannot_be_had_is_told(tmp_path: Path) -> None:
    text = LEAST.replace("127.0.0.1:0", "192.0.2.1:1")
    done = CliRunner().invoke(command, ["--policy", policy(tmp_path, text)])
    assert isinstance(done.exception, HongxianError)
    assert "192.0.2.1:1" in str(done.exception)


def test_without_the_extra_it_is_named(tmp_path: Path, monkeypatch) -> None:
    for name in [one for one in sys.modules if one.startswith("hongxian.guards.gate.live.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "httptools", None)
    done = CliRunner().invoke(command, ["--policy", policy(tmp_path, LEAST)])
    assert "pip install 'hongxian[gate]'" in str(done.exception)


@pytest.mark.parametrize(("agent", "fault"), [("spoe", "one worker"), ("auth-request", "")])
def test_an_agent_needs_no_upstream(tmp_path: Path, agent: str, fault: str) -> None:
    listen = LEAST.partition("[upstream]")[0]
    told = ["--agent", agent, "--check", "--lang", "en", "--policy"]
    done = CliRunner().invoke(command, [*told, policy(tmp_path, listen)])
    assert (done.exit_code, "the policy is right" in done.output) == (0, True)
    done = CliRunner().invoke(command, [*told, policy(tmp_path, listen + "workers = 2\n")])
    assert (fault in str(done.exception), done.exit_code == 0) == (True, not fault)


HELLO = spop.frame_bytes(spop.HAPROXY_HELLO, spop.pairs({
    "supported-versions": "2.0", "max-frame-size": 16_380, "capabilities": "",
    "healthcheck": True,
}))  # fmt: skip
QUESTION = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize(("agent", "said", "answer"), [
    ("spoe", HELLO, b"max-frame-size"), ("auth-request", QUESTION, b"x_original_method"),
])  # fmt: skip
def test_an_agent_runs_until_it_is_told_to_end(
    tmp_path: Path, agent: str, said: bytes, answer: bytes
) -> None:
    program = [sys.executable, "-c", "from hongxian.cli import main; main()", "gate"]
    told = ["--agent", agent, "--lang", "en", "--policy"]
    listen = LEAST.partition("[upstream]")[0]
    process = subprocess.Popen(
        [*program, *told, policy(tmp_path, listen)], stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with process:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert line.startswith("the gate listens at 127.0.0.1:")
        port = int(line.split("127.0.0.1:")[1].split()[0])
        for _ in range(100):  # it says so when its port is its own, a moment before it listens
            try:
                link = socket.create_connection(("127.0.0.1", port), timeout=20)
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        with link:
            link.sendall(said)
            got = b""
            while data := link.recv(4_096):
                got += data
        assert answer in got
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
