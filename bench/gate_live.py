"""What the live gate costs: rate, CPU and memory beside nginx, Lua, aiohttp, mitmproxy and Envoy.

Every proxy has one process and stands before the same nginx, which answers with JSON full of
telephone numbers. nginx alone passes through; the others count the number in the request's body by
account and mask those in the answer. wrk sends from loopback, each measure bounded to seconds. CPU
is that of the proxy's own processes, from /proc: it says more than a rate on a machine that others
use.

Run: ``python bench/gate_live.py [--seconds 5] [--only gate,nginx] [--wrk wrk] [--modules DIR]
[--lua DIR] [--mitmdump mitmdump] [--envoy-python PYTHON] [--half] [--idle 10000] [--soak 60]``.
What is not there is left out and said.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES = {"1 KB": 12, "18 KB": 236}
"""Name -> people in the answer."""
TARGETS = {("1 KB", "nginx"): 0.60, ("1 KB", "lua"): 0.65, ("18 KB", "nginx"): 0.25,
           ("1 KB", "aiohttp"): 5.0, ("1 KB", "mitmproxy"): 30.0,
           ("1 KB", "envoy"): 10.0}  # fmt: skip
"""Least ratio of ours to a peer's requests a second."""
CPU_TARGET = 60.0
"""Microseconds of a request at 1 KB."""
ADDED_TARGET = 1.0
"""Milliseconds that the gate may add to the 99th percentile at half load."""
TICKS = os.sysconf("SC_CLK_TCK")

BACKEND = """
daemon off; worker_processes 1; error_log stderr crit; pid {folder}/backend.pid;
events {{ worker_connections 20000; }}
http {{ access_log off; keepalive_requests 100000000; client_body_temp_path {folder}/b;
 default_type application/json;
 server {{ listen 127.0.0.1:{port} backlog=4096;
  root {folder}; open_file_cache max=10; sendfile on; tcp_nopush on;
  location /s/ {{ error_page 418 =200 /small.json; return 418; }}
  location /l/ {{ error_page 418 =200 /large.json; return 418; }} }} }}
"""
THROUGH = """
daemon off; worker_processes 1; error_log stderr crit; pid {folder}/nginx{port}.pid; {modules}
events {{ worker_connections 20000; }}
http {{ access_log off; keepalive_requests 100000000; client_body_temp_path {folder}/c;
 proxy_temp_path {folder}/d; lua_off
 upstream up {{ server 127.0.0.1:{upstream}; keepalive 512; keepalive_requests 100000000; }}
 server {{ listen 127.0.0.1:{port} backlog=4096;
  location / {{ proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection "";
   proxy_buffers 16 8k; {lua} }} }} }}
"""
LUA = """
   access_by_lua_block {
    ngx.req.read_body()
    local body = ngx.req.get_body_data() or ""
    local who = ngx.var.http_x_user or ngx.var.remote_addr
    for number in ngx.re.gmatch(body, "1[3-9][0-9]{9}", "jo") do
     if ngx.shared.seen:add(who .. number[0], true, 86400) then
      if ngx.shared.seen:incr(who, 1, 0) > 5000 then return ngx.exit(429) end
     end
    end
   }
   header_filter_by_lua_block { ngx.header.content_length = nil }
   body_filter_by_lua_block {
    ngx.ctx.held = (ngx.ctx.held or "") .. ngx.arg[1]
    if ngx.arg[2] then
     ngx.arg[1] = ngx.re.gsub(ngx.ctx.held, "(1[3-9][0-9])[0-9]{4}([0-9]{4})", "$1****$2", "jo")
    else ngx.arg[1] = nil end
   }
"""
GATE = """
[gate]
mode = "enforce"
principals = ["account"]
groups = []
[actions]
enumeration = "allow"
partition = "allow"
[listen]
address = "127.0.0.1:{port}"
[upstream]
servers = ["http://127.0.0.1:{upstream}"]
[callers]
account = ["header:x-user"]
fingerprint = []
token = []
[mask]
fields = false
[endpoints."POST /*"]
mask = ["basic.phone"]
[log]
file = "{folder}/gate.log"
"""
WRK = """
local n = 0
local headers = {{ ["Content-Type"] = "application/json" }}
request = function()
 n = n + 1
 headers["X-User"] = "u" .. (n * 7919 % 5000)
 local number = "13" .. string.format("%09d", (n * 2654435761) % 1000000000)
 return wrk.format("POST", "{path}", headers, '{{"phone":"' .. number .. '"}}')
end
done = function(summary, latency)
 io.write(string.format("FIGURES %d %d %d %d %d\\n", summary.requests, summary.duration,
  summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.timeout,
  latency:percentile(99)))
end
"""


@dataclass
class Measured:
    """What one run showed."""

    rate: float
    cpu: float
    """Microseconds of a request."""
    p99: float
    """Milliseconds."""
    errors: int


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def people(count: int) -> str:
    """Return JSON with telephone numbers."""
    rows = [{"id": n, "nick": f"user{n}", "phone": f"138{n * 7919 % 10**8:08d}", "note": "hello"}
            for n in range(count)]  # fmt: skip
    return json.dumps({"users": rows})


def family(pid: int) -> list[int]:
    """Return a process and all below it."""
    found = [pid]
    for one in found:
        try:
            found += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
        except OSError:
            continue
    return found


def cpu_of(pid: int) -> float:
    """Return the seconds of CPU that a process and those below it used."""
    total = 0
    for one in family(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def memory_of(pid: int) -> int:
    """Return the MB that a process and those below it hold."""
    total = 0
    for one in family(pid):
        try:
            text = Path(f"/proc/{one}/status").read_text()
        except OSError:
            continue
        found = re.search(r"VmRSS:\s+(\d+)", text)
        total += int(found[1]) if found else 0
    return total // 1024


@contextmanager
def running(command: list[str], port: int) -> Iterator[int]:
    """Run a program that listens; give its number."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        for _ in range(400):
            try:
                socket.create_connection(("127.0.0.1", port), 1.0).close()
                break
            except OSError:
                if process.poll() is not None:
                    said = process.stderr.read() if process.stderr else b""
                    raise RuntimeError(said.decode()[-500:]) from None
                time.sleep(0.05)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)
        if process.stderr:
            process.stderr.close()


def written(folder: Path, name: str, text: str) -> str:
    """Write a file and return its path."""
    (folder / name).write_text(text)
    return str(folder / name)


def commands(
    args: argparse.Namespace, folder: Path, upstream: int
) -> dict[str, Callable[[int], list[str]]]:
    """Return what starts each proxy at a port."""
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    here = Path(__file__).parent

    def passing(port: int) -> list[str]:
        text = THROUGH.format(folder=folder, port=port, upstream=upstream, modules="", lua="")
        return [nginx, "-c", written(folder, f"nginx{port}.conf", text.replace("lua_off", ""))]

    def lua(port: int) -> list[str]:
        names = ("ndk_http_module", "ngx_http_lua_module")
        modules = "".join(f"load_module {args.modules}/{name}.so;" for name in names)
        path = f'lua_package_path "{args.lua}/?.lua;;"; ' if args.lua else ""
        text = THROUGH.format(
            folder=folder, port=port, upstream=upstream, modules=modules, lua=LUA
        ).replace("lua_off", path + "lua_shared_dict seen 256m;")
        return [nginx, "-c", written(folder, f"lua{port}.conf", text)]

    def gate(port: int) -> list[str]:
        policy = written(
            folder, "gate.toml", GATE.format(folder=folder, port=port, upstream=upstream)
        )
        told = ["hongxian", "gate", "--policy", policy]
        code = f"import sys; sys.argv = {told}; from hongxian.cli import main; main()"
        return [sys.executable, "-c", code]

    def mitmproxy(port: int) -> list[str]:
        mode = f"reverse:http://127.0.0.1:{upstream}"
        addon = str(here / "peer_gate_mitmproxy.py")
        listen = ["--listen-host", "127.0.0.1", "-p", str(port)]
        return [args.mitmdump, "-q", *listen, "--mode", mode, "-s", addon]

    def aiohttp(port: int) -> list[str]:
        return [sys.executable, str(here / "peer_gate_aiohttp.py"), str(port), str(upstream)]

    def envoy(port: int) -> list[str]:
        return [args.envoy_python, str(here / "peer_gate_envoy.py"), str(port), str(upstream)]

    return {
        "nginx": passing, "lua": lua, "gate": gate, "aiohttp": aiohttp, "mitmproxy": mitmproxy,
        "envoy": envoy,
    }  # fmt: skip


def measured(args: argparse.Namespace, folder: Path, at: tuple[int, int], path: str) -> Measured:
    """Send to a port, held by a process, for a while; return what that showed."""
    port, pid = at
    script = written(folder, "wrk.lua", WRK.format(path=path))
    before = cpu_of(pid)
    command = [args.wrk, "-t1", "-c32", f"-d{args.seconds}s", "-s", script]
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=False
    )
    found = re.search(r"FIGURES (\d+) (\d+) (\d+) (\d+) (\d+)", done.stdout)
    if found is None:
        raise RuntimeError(done.stdout + done.stderr)
    requests, micros, status, broken, p99 = map(int, found.groups())
    cpu = (cpu_of(pid) - before) / max(requests, 1) * 1e6
    return Measured(requests / micros * 1e6, cpu, p99 / 1000, status + broken)


def shows(port: int, path: str) -> str:
    """Return whether a proxy masks."""
    with socket.create_connection(("127.0.0.1", port)) as one:
        body = b'{"phone":"13800138000"}'
        told = b"Host: x\r\nX-User: a\r\nContent-Type: application/json\r\nConnection: close\r\n"
        head = b"POST %b HTTP/1.1\r\n%bContent-Length: %d\r\n\r\n"
        one.sendall(head % (path.encode(), told, len(body)) + body)
        got = b""
        while data := one.recv(1 << 16):
            got += data
    return "masks" if b"****" in got and b"13800000000" not in got else "passes"


def rates(args: argparse.Namespace, folder: Path, upstream: int) -> dict[tuple[str, str], Measured]:
    """Measure all proxies at all sizes, each right after the other."""
    found: dict[tuple[str, str], Measured] = {}
    with ExitStack() as stack:
        ready: dict[str, tuple[int, int]] = {}
        for name, make in commands(args, folder, upstream).items():
            if args.only and name not in args.only.split(","):
                continue
            port = free_port()
            try:
                pid = stack.enter_context(running(make(port), port))
                print(f"{name}: {shows(port, '/s/m')} values")
            except (OSError, RuntimeError) as error:
                print(f"{name}: left out: {error}")
                continue
            ready[name] = port, pid
        short = argparse.Namespace(**{**vars(args), "seconds": 1})
        for size, path in zip(SIZES, ("/s/m", "/l/m"), strict=True):
            for name, at in ready.items():
                measured(short, folder, at, path)
                found[size, name] = measured(args, folder, at, path)
    return found


def tell(found: dict[tuple[str, str], Measured]) -> None:
    """Print ours, the peers' and the ratio."""
    print("\nsize   proxy          req/s   CPU us   p99 ms  errors   ours/peer  CPU peer/ours")
    for (size, name), one in found.items():
        ours, ratio = found.get((size, "gate")), ""
        if ours and name != "gate":
            ratio = f"{ours.rate / one.rate:9.2f}   {one.cpu / max(ours.cpu, 1e-9):9.2f}"
        target = TARGETS.get((size, name))
        figures = f"{one.rate:9.0f}{one.cpu:9.1f}{one.p99:9.2f}{one.errors:8d}"
        said = f"   (target {target})" if target else ""
        print(f"{size:7}{name:11}{figures}   {ratio}{said}")
    if ours := found.get(("1 KB", "gate")):
        print(f"CPU of a request at 1 KB: {ours.cpu:.1f} us (target {CPU_TARGET:.0f})")


def half(args: argparse.Namespace, folder: Path, upstream: int) -> None:
    """Send at half of the rate that the gate can take; tell what it adds to each request."""
    from paced import paced  # noqa: PLC0415 - it stands beside this file

    port = free_port()
    with running(commands(args, folder, upstream)["gate"](port), port) as pid:
        rate = measured(args, folder, (port, pid), "/s/m").rate / 2
        print(f"\nat {rate:.0f} requests a second, in ms:    p50      p90      p99     p99.9")
        found = {}
        for name, at in (("directly", upstream), ("by the gate", port)) * 2:
            took = paced(at, "/s/m", rate, args.seconds)
            found[name] = [took[int(len(took) * part)] * 1000 for part in (0.5, 0.9, 0.99, 0.999)]
            print(f"{name:34}", " ".join(f"{one:8.3f}" for one in found[name]))
        added = found["by the gate"][2] - found["directly"][2]
        print(f"p99 added at half load: {added:.3f} ms (target {ADDED_TARGET})")


def idle(args: argparse.Namespace, folder: Path, upstream: int) -> None:
    """Hold many idle connections, then send for a long time, and tell memory and rate."""
    port = free_port()
    with running(commands(args, folder, upstream)["gate"](port), port) as pid, ExitStack() as held:
        measured(args, folder, (port, pid), "/s/m")
        start, count = memory_of(pid), 0
        try:
            for count in range(1, args.idle + 1):  # noqa: B007 - told below
                held.enter_context(socket.create_connection(("127.0.0.1", port)))
        except OSError as error:
            print(f"idle connections end at {count}: {error}")
        got = measured(args, folder, (port, pid), "/s/m")
        print(f"\n{count} idle connections: {start} -> {memory_of(pid)} MB,",
              f"{got.rate:.0f} req/s, {got.cpu:.1f} us, {got.errors} errors")  # fmt: skip
        held.close()
        steps = []
        for _ in range(args.soak // args.seconds):
            measured(args, folder, (port, pid), "/s/m")
            steps.append(memory_of(pid))
        print(f"soak of {len(steps) * args.seconds} s: MB {steps}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--only", default="")
    parser.add_argument("--wrk", default="wrk")
    parser.add_argument("--modules", default="/usr/lib/nginx/modules")
    parser.add_argument("--lua", default="")
    parser.add_argument("--mitmdump", default="mitmdump")
    parser.add_argument("--envoy-python", default=sys.executable, help="of the packages it needs")
    parser.add_argument("--idle", type=int, default=0)
    parser.add_argument("--half", action="store_true", help="latency at half load too")
    parser.add_argument("--soak", type=int, default=0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        upstream = free_port()
        text = BACKEND.format(folder=folder, port=upstream)
        written(folder, "small.json", people(SIZES["1 KB"]))
        written(folder, "large.json", people(SIZES["18 KB"]))
        folder.chmod(0o755)  # nginx reads it as somebody else
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        with running([nginx, "-c", written(folder, "backend.conf", text)], upstream):
            tell(rates(args, folder, upstream))
            if args.half:
                half(args, folder, upstream)
            if args.idle or args.soak:
                idle(args, folder, upstream)


if __name__ == "__main__":
    main()
