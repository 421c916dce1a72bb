"""Documents in, facts and coverage out: versions, lists, and what cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hongxian.errors import ArtefactError
from hongxian.sensors.policy.reading import read_bytes
from hongxian.sensors.policy.sense import SensedPolicy, is_shell, sense_documents, sense_policy

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.facts import Fact
    from hongxian.sensors.policy.document import Document

FILL = "<p>我们依照法律、行政法规的规定保护您的合法权益。</p>" * 20


def policy(day: str | None, body: str, name: str = "p.html") -> Document:
    dated = f"<p>生效日期：{day}</p>" if day else ""
    page = (
        f"<title>示例隐私政策</title><h1>示例隐私政策</h1>{dated}<h2>收集</h2><p>{body}</p>{FILL}"
    )
    return read_bytes(name, page.encode())


PHONE = "注册账号时，我们会收集您的手机号码。"
PLACE = "为了推荐附近门店，我们会收集您的精确位置信息。"
LIST = read_bytes(
    "list.html", "<h1>第三方SDK清单</h1><p>友盟SDK会收集IMEI，用于统计分析。</p>".encode()
)


def declared(sensed: SensedPolicy) -> set[tuple[str | None, str | None]]:
    return {(fact.actor, fact.info) for fact in sensed.facts if fact.kind == "declare"}


def status(sensed: SensedPolicy) -> dict[str, str]:
    return {one.scope: one.status for one in sensed.coverage()}


def changed(sensed: SensedPolicy) -> list[Fact]:
    return [fact for fact in sensed.facts if fact.item == "changed"]


def test_the_newest_version_speaks_whatever_the_order() -> None:
    old, new = policy("2024年1月1日", PHONE), policy("2025年1月1日", PHONE + PLACE)
    for row in ([old, new], [new, old]):
        sensed = sense_documents(row)
        assert sensed.version.document is new
        assert ("first_party", "location.precise") in declared(sensed)
        assert {fact.info for fact in changed(sensed)} == {"location.precise"}
        assert status(sensed)["policy.earlier"] == "ran"


def test_without_a_date_the_one_named_later_is_newer() -> None:
    first, second = policy(None, PHONE), policy("2025年1月1日", PHONE + PLACE)
    assert sense_documents([second, first]).version.document is first
    assert changed(sense_documents([second, first])) == []


def test_lists_stand_beside_the_policy() -> None:
    sensed = sense_documents([LIST, policy(None, PHONE)], "app:a@1#0")
    assert declared(sensed) >= {("first_party", "basic.phone"), ("umeng_analytics", "device.imei")}
    assert {fact.subject for fact in sensed.facts} == {"app:a@1#0"}
    assert len({fact.artefact for fact in sensed.facts}) == 2
    assert status(sensed)["policy.text"] == "ran"
    figures = [fact for fact in sensed.facts if fact.item == "length"]
    assert len(figures) == 1


def test_a_list_alone_is_no_policy() -> None:
    sensed = sense_documents([LIST])
    assert ("umeng_analytics", "device.imei") in declared(sensed)
    [text] = [one for one in sensed.coverage() if one.scope == "policy.text"]
    assert text.status == "partial"
    assert "only a list" in (text.reason or "")


def test_what_is_no_text_is_in_part_and_never_empty() -> None:
    shell = read_bytes(
        "p.html", b"<title>\xe9\x9a\x90\xe7\xa7\x81</title><script src=a.js></script>"
    )
    assert is_shell(shell)
    sensed = sense_documents([policy("2024年1月1日", PHONE), shell])
    assert status(sensed) == {
        "policy.text": "partial", "policy.look": "ran", "policy.earlier": "partial",
    }  # fmt: skip
    assert declared(sensed) == set()


def test_a_text_says_nothing_of_its_look() -> None:
    text = "示例隐私政策\n" + PHONE + "我们依照法律、行政法规的规定保护您的合法权益。" * 20
    sensed = sense_documents([read_bytes("p.txt", text.encode())])
    assert status(sensed) == {
        "policy.text": "ran", "policy.look": "not_run", "policy.earlier": "not_run",
    }  # fmt: skip
    [read] = [one for one in sensed.coverage() if one.scope == "policy.text"]
    assert read.detail["file"] == "p.txt"


def test_files_are_read_from_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    path.write_text(PHONE * 20, "utf-8")
    assert sense_policy([path]).subject.startswith("policy:p.txt#")
    with pytest.raises(ArtefactError, match=r"none\.txt"):
        sense_policy([tmp_path / "none.txt"])
