"""One package leaves a run of its own, one of its policy and one for each of its sessions."""

from __future__ import annotations

from pathlib import Path

from hongxian.audit.batch import Observed, Wanted, sense_one
from hongxian.audit.kept import keep_observed
from hongxian.audit.policies import given_policies
from hongxian.audit.sessions import given_sessions
from hongxian.audit.settings import Settings
from hongxian.facts import Store

SAMPLES = Path(__file__).parents[2] / "samples"


def test_app_policy_and_session_are_a_run_each() -> None:
    given = given_policies([SAMPLES / "policies"], 2, "en")
    observed = sense_one(SAMPLES / "lantern.apk", Wanted(given=given))
    assert isinstance(observed, Observed)
    sessions, store = given_sessions([SAMPLES / "sessions"]), Store()
    lines = keep_observed(store, observed, Settings(), sessions, app_type="im", lang="en")
    assert lines == []
    runs = store.rows("select sensor, count(*) as n from main.runs group by sensor order by sensor")
    assert [tuple(row.values()) for row in runs] == [("app", 1), ("policy", 1), ("session", 1)]
    told = store.rows("select detail from main.facts where item = 'app_type'")
    assert told == [{"detail": '{"value": "im"}'}]
    assert len(sessions.strangers()) == 1


def test_a_package_alone_is_one_run() -> None:
    observed = sense_one(SAMPLES / "lantern_legacy.apk", Wanted())
    assert isinstance(observed, Observed)
    observed = Observed(observed.app)
    store = Store()
    assert keep_observed(store, observed, Settings(), given_sessions(()), app_type=None,
                         lang="en") == []  # fmt: skip
    assert store.rows("select sensor from main.runs") == [{"sensor": "app"}]
