from pathlib import Path

import pytest
from samples.session_story import Story, button, node

from hongxian.audit.sessions import given_sessions, keep_session
from hongxian.errors import HongxianError
from hongxian.facts import Store

SHA = "ab" * 32
SUBJECT = "app:cn.example.app@1.0#" + SHA[:12]
ASKS = [node("请阅读并同意《隐私政策》"), button("不同意"), button("同意")]


def bundle(folder, name: str, **app: str) -> Path:
    story = Story(folder / name, {"package": "cn.example.app", "version": "1.0", **app})
    story.mark(0, "start")
    story.screen(1, ".Main", ASKS)
    story.mark(10, "end")
    return story.close()


def test_a_bundle_belongs_to_the_build_that_it_names(tmp_path) -> None:
    bundle(tmp_path, "same.zip", sha256=SHA)
    bundle(tmp_path, "other.zip", sha256="cd" * 32)
    bundle(tmp_path, "version.zip")
    sessions = given_sessions([tmp_path])
    found = sessions.of(SUBJECT)
    assert len(found) == 2
    assert {run.subject for run in found} == {SUBJECT}
    assert [one.where for one in sessions.strangers()] == ["other.zip"]
    assert sessions.of("app:cn.other@1.0#" + SHA[:12]) == []


def test_what_is_no_bundle_is_told_and_the_rest_is_read(tmp_path) -> None:
    bundle(tmp_path, "a.zip", sha256=SHA)
    (tmp_path / "b.zip").write_bytes(b"nothing")
    sessions = given_sessions([tmp_path])
    assert [one.word for one in sessions.damaged] == ["session.no_zip"]
    assert len(sessions.bundles) == 1


def test_a_path_that_is_not_there_or_holds_nothing_is_an_error(tmp_path) -> None:
    with pytest.raises(HongxianError):
        given_sessions([tmp_path / "none.zip"])
    with pytest.raises(HongxianError, match="holds no session bundle"):
        given_sessions([tmp_path])


def test_what_was_found_is_kept_as_one_run(tmp_path) -> None:
    sessions = given_sessions([bundle(tmp_path, "a.zip", sha256=SHA)])
    store = Store()
    for run in sessions.of(SUBJECT):
        assert run.lines("en") == []
        keep_session(store, run)
    runs = store.rows("select sensor, status from runs")
    assert runs == [{"sensor": "session", "status": "ran"}]
    assert store.rows("select count(*) as n from facts where kind = 'prompt'")[0]["n"] == 1
    scope = "select status from coverage where scope = 'session.start'"
    assert store.rows(scope) == [{"status": "ran"}]
