from samples.session_story import BEGIN
from tests.sensors.session.conftest import about

from hongxian.sensors.session.call_facts import call_facts
from hongxian.sensors.session.clock import Instant
from hongxian.sensors.session.hooks import WhoseCode
from hongxian.sensors.session.model import Call

IMEI = "android.telephony.TelephonyManager.getDeviceId"
CAMERA, CONTACTS = "android.permission.CAMERA", "android.permission.READ_CONTACTS"
OWN = ("cn.example.app.Main.onCreate",)


def call(api: str = IMEI, **more: object) -> Call:
    told = {"info": ("device.imei",), "stack": OWN, "locator": "calls.jsonl line 1"} | more
    return Call(at=None, api=api, **told)


def facts(story, *calls: tuple[float, Call]) -> list:
    story.mark(0, "start")
    story.mark(20, "accept")
    story.tap(20, "同意")
    timed = ((Instant(host=BEGIN + at), one) for at, one in calls)
    return list(call_facts(about(story), timed, WhoseCode(["cn.example.app"])))


def test_a_read_tells_who_what_and_when(story) -> None:
    found = facts(story, (5, call(thread="main", process="cn.example.app")))
    fact = found[0]
    assert (fact.kind, fact.item, fact.info, fact.actor) == (
        "collect", IMEI, "device.imei", "first_party"
    )  # fmt: skip
    assert (fact.phase, fact.amount, fact.unit) == ("before_prompt", 1.0, "read")
    assert fact.detail["stack"] == list(OWN)
    assert fact.detail["frame"] == OWN[0]
    assert fact.detail["thread"] == "main"


def test_reads_of_one_second_are_one_fact_that_counts_them(story) -> None:
    found = facts(story, *[(5 + n / 10, call()) for n in range(5)], (6.5, call()))
    assert [fact.amount for fact in found] == [5.0, 1.0]


def test_other_code_is_another_fact(story) -> None:
    other = call(stack=("com.umeng.analytics.Probe.imei", *OWN))
    found = facts(story, (5, call()), (5.1, other))
    assert [fact.actor for fact in found] == ["first_party", "umeng_analytics"]
    assert found[1].party


def test_a_call_that_gives_several_types_gives_a_fact_for_each(story) -> None:
    found = facts(story, (5, call(info=("device.imei", "device.imsi"))))
    assert [fact.info for fact in found] == ["device.imei", "device.imsi"]


def test_a_read_that_was_refused_says_so_and_one_of_nothing_is_none(story) -> None:
    found = facts(story, (5, call(outcome="denied")), (6, call(info=())))
    assert [fact.outcome for fact in found] == ["denied"]


def test_a_moment_near_the_choice_is_unknown(story) -> None:
    from hongxian.sensors.session.clock import Clocks

    story.mark(0, "start")
    story.writer.event("mark", host=BEGIN + 20, name="accept")
    story.writer.event("tap", host=BEGIN + 20, text="同意")
    made = about(story)
    made.recording.clocks = made.phases.clocks = Clocks(0.0, 0.5)
    near = [(Instant(device=BEGIN + 20.2), call())]
    fact = next(iter(call_facts(made, near, WhoseCode(["cn.example.app"]))))
    assert (fact.phase, fact.seen_at, fact.detail["near"]) == ("unknown", None, "accept")


def test_a_request_names_its_permissions_and_how_many_at_once(story) -> None:
    asked = call("android.app.Activity.requestPermissions", info=(),
                 permission=f"{CAMERA},{CONTACTS},own.x")  # fmt: skip
    found = facts(story, (25, asked))
    assert [(f.kind, f.item, f.amount, f.unit) for f in found] == [
        ("request", CAMERA, 3.0, "permission"),
        ("request", CONTACTS, 3.0, "permission"),
    ]
    assert found[0].phase == "after_consent"
