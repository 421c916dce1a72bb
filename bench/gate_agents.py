"""What the agents cost: HAProxy and nginx alone, and asking; requests a second, CPU of a request.

Each proxy has one thread and stands before the same nginx; the agent is one process. wrk sends
telephone numbers from loopback: in the body through HAProxy, in the query through nginx, which
sends no bodies. The gate judges and stops nobody. CPU is that of the processes, from /proc.

Run: ``python bench/gate_agents.py [--seconds 5] [--wrk wrk]``; HAProxy, nginx and wrk are needed.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).parents[1] / "docs" / "gate"
TICKS = os.sysconf("SC_CLK_TCK")
POLICY = """[gate]
mode = "enforce"
principals = ["account"]
[listen]
address = "127.0.0.1:{port}"
[callers]
account = ["header:x-user"]
[actions]
enumeration = "allow"
partition = "allow"
[log]
file = "{port}.log"
"""
INTERFACE = "location / {{ default_type application/json; return 200 '[{{\"id\":1}}]'; }}"
NGINX = """daemon off; master_process off; error_log stderr crit; pid {folder}/{port}.pid;
events {{ }}
http {{ access_log off; keepalive_requests 100000000; {places}
 upstream interface {{ server 127.0.0.1:{upstream}; keepalive 64; }}
 server {{ listen 127.0.0.1:{port}; %s }} }}
"""
THROUGH = (
    "location / {{ proxy_pass http://interface; proxy_http_version 1.1;"
    ' proxy_set_header Connection ""; }}'
)
HAPROXY = """global
 nbthread 1
defaults
 mode http
 timeout connect 3s
 timeout client 30s
 timeout server 30s
listen plain
 bind 127.0.0.1:{port}
 server interface 127.0.0.1:{upstream}
"""
LUA = """local n = 0
request = function()
 n = n + 1
 local number = "138" .. string.format("%08d", n * 7919 % 100000000)
 local headers = {["X-User"] = "u" .. n % 1000}
 if os.getenv("QUERY") then return wrk.format("GET", "/people?q=" .. number, headers) end
 return wrk.format("POST", "/contacts/match", headers, '["' .. number .. '"]')
end
"""


def free_port() -> int:
    """Return a port that nobody has."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def running(folder: Path, port: int, *command: str) -> Iterator[int]:
    """Run a program until it listens; yields its process."""
    with (folder / "programs.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        while process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        else:
            sys.exit((folder / "programs.log").read_text())
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def written(folder: Path, name: str, text: str) -> str:
    """Write a file; return its path."""
    (folder / name).write_text(text, "utf-8")
    return str(folder / name)


def from_docs(folder: Path, name: str, changes: dict[str, str]) -> str:
    """Write a configuration of the docs with other ports; return its path."""
    text = (DOCS / name).read_text("utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    return written(folder, name, text)


def nginx(folder: Path, port: int, upstream: int, server: str) -> tuple[str, ...]:
    """Return the command of an nginx of our own."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = " ".join(f"{one}_temp_path {folder}/{one};" for one in kinds)
    text = (NGINX % server).format(folder=folder, port=port, places=places, upstream=upstream)
    path = written(folder, f"{port}.conf", text)
    return ("nginx", "-p", str(folder), "-e", "stderr", "-c", path)


def cpu(pid: int) -> float:
    """Return seconds of CPU of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def measured(wrk: str, folder: Path, port: int, seconds: int, pids: dict[str, int]) -> str:
    """Send requests; return rate and microseconds of each process as text."""
    before = {name: cpu(pid) for name, pid in pids.items()}
    command = (wrk, "-t1", "-c16", f"-d{seconds}", "-s", str(folder / "ask.lua"),
               f"http://127.0.0.1:{port}/")  # fmt: skip
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    count = int(re.search(r"(\d+) requests in", told)[1])  # type: ignore[index]
    spent = {name: (cpu(pid) - before[name]) / count * 1e6 for name, pid in pids.items()}
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])  # type: ignore[index]
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    shown = ", ".join(f"{name} {value:.0f} us" for name, value in spent.items())
    return f"{rate:8.0f}/s  {shown}" + (f"  REFUSED {refused[1]}" if refused else "")


def agent(stack: ExitStack, folder: Path, kind: str) -> tuple[int, int]:
    """Run an agent; return its port and process."""
    port = free_port()
    policy = written(folder, f"{kind}.toml", POLICY.format(port=port))
    main = "from hongxian.cli import main; main()"
    command = (sys.executable, "-c", main, "gate", "--agent", kind, "--policy", policy)
    return port, stack.enter_context(running(folder, port, *command))


def main() -> None:
    """Measure both proxies."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--wrk", default="wrk")
    told = parser.parse_args()
    os.environ["PATH"] += ":/usr/sbin"
    missing = [one for one in ("haproxy", "nginx", told.wrk) if not shutil.which(one)]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        written(folder, "ask.lua", LUA)
        interface = free_port()
        stack.enter_context(running(folder, interface, *nginx(folder, interface, 1, INTERFACE)))

        def measure(label: str, port: int, pids: dict[str, int]) -> None:
            print(f"{label:24}", measured(told.wrk, folder, port, told.seconds, pids), flush=True)

        plain, asking = free_port(), free_port()
        path = written(folder, "plain.cfg", HAPROXY.format(port=plain, upstream=interface))
        alone = stack.enter_context(running(folder, plain, "haproxy", "-db", "-f", path))
        port, spoe = agent(stack, folder, "spoe")
        changes = {
            "127.0.0.1:8000": f"127.0.0.1:{interface}", "127.0.0.1:9191": f"127.0.0.1:{port}",
            "127.0.0.1:8080": f"127.0.0.1:{asking}", "/etc/haproxy/": f"{folder}/",
            "global\n": "global\n    nbthread 1\n",
        }  # fmt: skip
        from_docs(folder, "spoe-hongxian.conf", changes)
        path = from_docs(folder, "haproxy.cfg", changes)
        proxy = stack.enter_context(running(folder, asking, "haproxy", "-db", "-f", path))
        measure("HAProxy alone", plain, {"HAProxy": alone})
        measure("HAProxy asks (SPOE)", asking, {"HAProxy": proxy, "agent": spoe})

        os.environ["QUERY"] = "1"
        plain, asking = free_port(), free_port()
        alone = stack.enter_context(running(
            folder, plain, *nginx(folder, plain, interface, THROUGH)
        ))  # fmt: skip
        port, auth = agent(stack, folder, "auth-request")
        changes |= {
            "127.0.0.1:9191": f"127.0.0.1:{port}", "127.0.0.1:8080": f"127.0.0.1:{asking}",
            "events {}": f"daemon off; master_process off; pid {folder}/asks.pid; events {{}}",
            "http {\n": f"http {{ access_log off; client_body_temp_path {folder}/x;\n",
        }  # fmt: skip
        path = from_docs(folder, "nginx.conf", changes)
        command = ("nginx", "-p", str(folder), "-e", "stderr", "-c", path)
        proxy = stack.enter_context(running(folder, asking, *command))
        measure("nginx alone", plain, {"nginx": alone})
        measure("nginx asks (auth_request)", asking, {"nginx": proxy, "agent": auth})


if __name__ == "__main__":
    main()
