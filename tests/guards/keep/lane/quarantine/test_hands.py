from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from tests.guards.keep.lane.harness import Server
from tests.guards.keep.lane.quarantine.test_acts import ACT

from hongxian.guards.keep.lane.quarantine.hands import Hands
from hongxian.guards.keep.tickets.errors import TicketError


def test_it_acts_as_the_owner_and_all_or_nothing(server: Server) -> None:
    hands = Hands({"user": "me", "host": "127.0.0.1", "port": server.port})
    lost = Hands({"user": "me", "host": "127.0.0.1", "port": 1})
    with server.database() as name, server.connect(name) as one:
        schema = "hongxian_trash_a1"
        one.execute(f"create schema {schema} authorization operator")
        one.execute("create table public.mine (who text)")
        one.execute("grant insert on public.mine to operator")
        back = "insert into public.mine select current_user"
        act = replace(ACT, database=name, undo=(back, f"drop schema {schema}"),
                      close=(f"drop schema if exists {schema} cascade",))  # fmt: skip
        broken = replace(act, undo=(back, "select 1 / 0"))
        assert asyncio.run(hands.there([act, replace(act, id="b", schema="nope")])) == {act.id}
        for bad, with_ in ((hands, broken), (lost, act)):
            with pytest.raises(TicketError) as raised:
                asyncio.run(bad.undo(with_))
            assert raised.value.reason == "act_failed"
        assert one.execute("select count(*) from public.mine").fetchone() == (0,)
        asyncio.run(hands.undo(act))
        assert one.execute("select who from public.mine").fetchone() == ("operator",)
        with pytest.raises(TicketError) as raised:
            asyncio.run(hands.undo(act))
        assert raised.value.reason == "act_gone"
        one.execute(f"create schema {schema} authorization operator")
        asyncio.run(hands.end(act))
        asyncio.run(hands.end(act))
        assert asyncio.run(hands.there([act])) == set()
        for work in (lost.end(act), lost.there([act])):
            with pytest.raises(TicketError):
                asyncio.run(work)
