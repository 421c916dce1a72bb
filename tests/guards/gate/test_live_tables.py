from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.gate.live_tables import LIVE, live_faults

WHOLE = """
[listen]
address = "0.0.0.0:8443"
admin = "127.0.0.1:9090"
workers = 2
trusted = ["10.0.0.0/8", "::1"]
[tls]
certificate = "cert.pem"
key = "key.pem"
least = "1.3"
[upstream]
servers = ["http://127.0.0.1:8000", "unix:/run/app.sock"]
connections = 64
keep = "4s"
[limits]
head = 16384
idle = "75s"
[callers]
account = ["claim:sub", "header:x-user"]
[mask]
audience = "public"
audience_from = "claim:role"
audiences = { admin = "analyst" }
fields = true
[state]
redis = "redis://127.0.0.1:6379/0"
secret_env = "GATE_SECRET"
timeout = "50ms"
lost = "closed"
[log]
file = "gate.log"
what = "all"
[answers.challenge]
status = 302
headers = { location = "https://a.cn/captcha" }
body = "go"
"""


def faults(text: str) -> list[str]:
    return [f"{place}: {fault.say('en')}" for place, fault in live_faults(tomllib.loads(text))]


def test_a_whole_policy_has_no_fault() -> None:
    assert faults(WHOLE) == []


@pytest.mark.parametrize(("text", "line"), [
    ("[listen]\nport = 1", "listen: unknown key 'port'"),
    ("[listen]\nport = 1", "listen: address is missing"),
    ("[listen]\naddress = '8080'", "listen: address: '8080' is no address"),
    ("[listen]\naddress = ':99999'", "is no address"),
    ("[listen]\nworkers = 0", "'workers' has a value of the wrong kind"),
    ("[listen]\nworkers = 500", "workers may be 256 at most"),
    ("[listen]\ntrusted = ['10.0.0.0/40']", "'10.0.0.0/40' is no network"),
    ("[listen]\ntrusted = [1]", "'trusted' has a value of the wrong kind"),
    ("[tls]\nkey = 'a'", "tls: certificate is missing"),
    ("[tls]\ncertificate = 'a'\nleast = '1.0'", "least = '1.0' is none of 1.2, 1.3"),
    ("[upstream]\nservers = []", "servers is missing"),
    ("[upstream]\nservers = ['ftp://a']", "'ftp://a' is no server"),
    ("[upstream]\nservers = ['http://a/path']", "is no server"),
    ("[upstream]\nservers = ['http://a:99999']", "is no server"),
    ("[upstream]\nservers = ['http://a', 'https://b']", "either all or none"),
    ("[upstream]\nkeep = 'long'", "'long' is no span of time"),
    ("[callers]\nip = ['header:a']", "unknown key 'ip'"),
    ("[callers]\naccount = ['x-user']", "must be header:NAME"),
    ("[state]\nredis = 'http://a'", "is no address of Redis"),
    ("[state]\nredis = 'redis://a:b'", "is no address of Redis"),
    ("[state]\nredis = 'redis://a/0'", "secret_env is missing"),
    ("[state]\nsecret_env = 'a'\nsecret_file = 'b'", "not both"),
    ("[answers]\nmask = {}", "unknown key 'mask'"),
    ("[answers.block]\nstatus = 204", "status = 204 cannot be answered here"),
    ("[answers.block]\nheaders = { 'a b' = 'c' }", "the header 'a b'"),
    ('[answers.block]\nheaders = { a = "b\\nc" }', "the header 'a'"),
    ("[answers.block]\nbody = 1", "answers.block: 'body' has a value of the wrong kind"),
])  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(text: str, line: str) -> None:
    assert any(line in one for one in faults(text)), faults(text)


VALUES: Any = st.recursive(
    st.integers() | st.text(max_size=12) | st.booleans() | st.none() | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(
    st.sampled_from(sorted(LIVE)),
    VALUES | st.dictionaries(st.sampled_from(sorted({k for t in LIVE.values() for k in t})), VALUES,
                             max_size=4),
    max_size=4,
))  # fmt: skip
def test_any_content_is_read_without_an_error(content: dict[str, Any]) -> None:
    for _, fault in live_faults(content):
        assert fault.say("zh")
        assert fault.say("en")
