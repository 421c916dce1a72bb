"""Apps that break no rule, as the facts that sensors would write of them.

Each story is one subject. What stands here once as innocent must never be accused: a false alarm
found in the field becomes a story.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hongxian.judge.cases import Case

Fact = dict[str, Any]

START = datetime(2026, 10, 12, 9, 0)  # noqa: DTZ001 - the store keeps times without a zone
SDKS = {"amap": "location.precise", "bugly": "device.serial", "umeng_analytics": "device.imei"}
FINE, COARSE = (
    "android.permission.ACCESS_FINE_LOCATION",
    "android.permission.ACCESS_COARSE_LOCATION",
)
PACKAGE = ("app.manifest", "app.code", "app.resources", "app.native")
POLICY = ("policy.text", "policy.look")
SESSION = (
    "session.start", "session.accept", "session.functions", "session.screens", "session.hooks",
    "session.network",
)  # fmt: skip
SECTIONS = (
    "collection_rules", "simplified_chinese", "operator_identity", "operator_contact",
    "effective_date", "update_date", "change_notice", "incident_notice", "sdk_list",
    "permission_purposes", "sensitive_marked", "minors", "retention", "access", "correct",
    "delete", "copy", "withdraw", "cancel_account", "personalised", "personalised_off",
    "complaint_channel", "summary",
)  # fmt: skip
FIGURES = (
    ("response_time", 15, "working_day"), ("font_size", 16, "sp"), ("contrast", 12, "ratio"),
    ("line_spacing", 1.7, "ratio"), ("length", 6000, "character"),
    ("sentence_length", 28, "character"), ("jargon", 1, "per_1000"),
)  # fmt: skip


def at(seconds: float) -> datetime:
    """A moment of the session, counted from the start of the app."""
    return START + timedelta(seconds=seconds)


def story(
    name: str, facts: list[Fact], scopes: tuple[str, ...] = (), app_type: str | None = None
) -> Case:
    """One innocent subject; facts get their ids by their place."""
    return Case(
        name=name,
        expect="satisfied",
        facts=[{"id": f"f{place}", **fact} for place, fact in enumerate(facts)],
        coverage=dict.fromkeys(scopes, "ran"),
        app_type=app_type,
    )


def policy() -> list[Fact]:
    """A complete policy that names everything the stories read."""
    parts: list[Fact] = [{"kind": "section", "item": part} for part in SECTIONS]
    parts += [
        {"kind": "section", "item": item, "amount": amount, "unit": unit}
        for item, amount, unit in FIGURES
    ]
    told = [
        "location.precise",
        "location.coarse",
        "device.android_id",
        "basic.phone",
        "netid.ip",
    ]
    parts += [
        {"kind": "declare", "item": item, "info": info, "actor": "first_party",
         "purpose": "basic_function"}
        for info in told for item in ("collect", "use")
    ]  # fmt: skip
    for sdk, info in SDKS.items():
        shared = {"kind": "declare", "info": info, "recipient": sdk, "purpose": "performance"}
        parts += [shared | {"item": "collect", "actor": sdk}]
        parts += [shared | {"item": "share", "actor": "first_party"}]
        parts += [shared | {"item": "entrust", "actor": "first_party"}]
    return [*parts, {"kind": "publish", "item": "policy", "outcome": "works", "locator": "assets"}]


def package() -> list[Fact]:
    """A package whose reads all stand behind consent."""
    reads = [*SDKS.items(), ("first_party", "device.android_id")]
    found: list[Fact] = [
        {"kind": "trait", "item": "target_sdk", "amount": 34},
        {"kind": "permission", "item": FINE, "outcome": "used"},
        {"kind": "permission", "item": "android.permission.READ_PHONE_STATE", "outcome": "used"},
        {"kind": "permission", "item": "android.permission.INTERNET"},
        {"kind": "publish", "item": "policy", "locator": "string/policy_url"},
        {"kind": "request", "sensor": "app", "item": FINE, "amount": 1, "unit": "permission",
         "certainty": "reachable", "actor": "first_party", "purpose": "basic_function"},
        {"kind": "address", "item": "https://api.lantern.example", "recipient": "unknown"},
    ]  # fmt: skip
    found += [{"kind": "embed", "actor": sdk} for sdk in SDKS]
    for actor, info in reads:
        found.append({"kind": "call_site", "actor": actor, "info": info, "item": "an.api.read"})
        found.append(
            {"kind": "reach", "actor": actor, "info": info, "item": "an.api.read",
             "phase": "unknown"}
        )  # fmt: skip
    return found


def first_start() -> list[Fact]:
    """Prompt first, both buttons, consent by a press, then the main screen."""
    return [
        {"kind": "prompt", "item": "policy", "phase": "prompt", "seen_at": at(1)},
        {"kind": "state", "item": "consent_box", "outcome": "unchecked", "seen_at": at(1)},
        {"kind": "control", "item": "agree_button", "outcome": "works", "seen_at": at(1)},
        {"kind": "control", "item": "refuse_button", "outcome": "works", "seen_at": at(1)},
        {"kind": "consent", "item": "policy", "seen_at": at(10)},
        {"kind": "state", "item": "main_screen", "outcome": "visible", "seen_at": at(11)},
    ]


def rights() -> list[Fact]:
    """Every control is there, within four taps, and works."""
    items = (
        "policy_link", "access", "correct", "delete", "copy", "withdraw_consent",
        "cancel_account", "personalised_off", "complaint",
    )  # fmt: skip
    return [
        {"kind": "control", "item": item, "outcome": "works", "amount": 4, "unit": "tap",
         "seen_at": at(100 + place)}
        for place, item in enumerate(items)
    ]  # fmt: skip


def location_on_request() -> list[Fact]:
    """The person presses a button, is told why, allows it, and one position is read."""
    return [
        {"kind": "prompt", "item": "purpose", "outcome": "clear", "seen_at": at(20),
         "detail": {"about": FINE}},
        {"kind": "request", "item": FINE, "amount": 1, "unit": "permission", "outcome": "granted",
         "purpose": "basic_function", "phase": "after_consent", "seen_at": at(21),
         "detail": {"trigger": "person"}},
        {"kind": "consent", "item": "separate", "info": "location.precise", "recipient": "amap",
         "seen_at": at(22)},
        {"kind": "consent", "item": FINE, "info": "location.precise", "seen_at": at(22)},
        {"kind": "collect", "item": "an.api.read", "info": "location.precise", "actor": "amap",
         "phase": "after_consent", "purpose": "basic_function", "seen_at": at(23)},
        {"kind": "transmit", "info": "location.precise", "actor": "amap", "recipient": "amap",
         "form": "encrypted", "phase": "after_consent", "purpose": "basic_function",
         "seen_at": at(24)},
    ]  # fmt: skip


def refusal() -> list[Fact]:
    """The policy is refused; nothing is read, the basic function works, nobody asks again."""
    return [
        {"kind": "prompt", "item": "policy", "phase": "prompt", "seen_at": at(1)},
        {"kind": "control", "item": "refuse_button", "outcome": "works", "seen_at": at(1)},
        {"kind": "refuse", "item": "policy", "seen_at": at(5)},
        {"kind": "state", "item": "main_screen", "outcome": "visible", "seen_at": at(6)},
        {"kind": "function", "item": "basic", "outcome": "available", "phase": "after_refusal",
         "seen_at": at(30), "detail": {"refused": "policy"}},
    ]  # fmt: skip


def denial() -> list[Fact]:
    """A permission is denied once; the app goes on and asks again only when the person wants it."""
    asked: Fact = {
        "kind": "request", "item": FINE, "amount": 1, "unit": "permission", "outcome": "denied",
        "purpose": "basic_function", "phase": "after_consent", "detail": {"trigger": "person"},
    }  # fmt: skip
    told: Fact = {
        "kind": "prompt",
        "item": "purpose",
        "outcome": "clear",
        "detail": {"about": FINE},
    }
    return [
        told | {"seen_at": at(20)},
        asked | {"seen_at": at(20)},
        {"kind": "refuse", "item": FINE, "info": "location.precise", "seen_at": at(21)},
        {"kind": "function", "item": "basic", "outcome": "available", "phase": "after_refusal",
         "seen_at": at(30), "detail": {"refused": FINE}},
        told | {"seen_at": at(3 * 86_400)},
        asked | {"seen_at": at(3 * 86_400)},
    ]  # fmt: skip


def withdrawal() -> list[Fact]:
    """Consent is withdrawn; what was read before stays the last that was read."""
    return [
        *first_start(),
        {"kind": "collect", "item": "an.api.read", "info": "device.android_id",
         "actor": "first_party", "phase": "after_consent", "seen_at": at(20)},
        {"kind": "withdraw", "item": "policy", "seen_at": at(60)},
        {"kind": "function", "item": "basic", "outcome": "available", "phase": "after_withdrawal",
         "seen_at": at(70), "detail": {"refused": "policy"}},
    ]  # fmt: skip


def update() -> list[Fact]:
    """A new function with new PI: told, asked for anew, refused, and the old function goes on."""
    return [
        {"kind": "section", "item": "changed", "info": "location.precise",
         "purpose": "basic_function", "effective_at": at(0)},
        {"kind": "trait", "item": "changed", "detail": {"added": FINE}},
        {"kind": "prompt", "item": "update", "phase": "after_update", "seen_at": at(2)},
        {"kind": "refuse", "item": "policy", "phase": "after_update", "seen_at": at(4)},
        {"kind": "function", "item": "existing", "outcome": "available", "phase": "after_update",
         "seen_at": at(9), "detail": {"refused": "policy"}},
        {"kind": "state", "item": FINE, "outcome": "denied", "seen_at": at(-60)},
        {"kind": "state", "item": FINE, "outcome": "denied", "phase": "after_update",
         "seen_at": at(60)},
    ]  # fmt: skip


def requests() -> list[Fact]:
    """Rights requests and complaints, one of them answered on the last day allowed."""
    items = [("correct", 1), ("delete", 3), ("cancel_account", 15), ("complaint", 15)]
    return [
        {"kind": "section", "item": "response_time", "amount": 15, "unit": "working_day"},
        *({"kind": "right", "item": item, "outcome": "closed", "amount": days,
           "unit": "working_day"} for item, days in items),
        {"kind": "delete", "sensor": "store", "item": "account", "outcome": "done"},
    ]  # fmt: skip


def servers() -> list[Fact]:
    """The operator's servers give only what was agreed to, or what is anonymous."""
    return [
        {"kind": "consent", "item": "separate", "info": "basic.phone", "recipient": "alipay",
         "seen_at": at(0)},
        {"kind": "provide", "info": "basic.phone", "recipient": "alipay", "form": "encrypted",
         "basis": "separate_consent", "seen_at": at(60)},
        {"kind": "provide", "info": "location.track", "recipient": "a_city", "form": "anonymised",
         "seen_at": at(60)},
        {"kind": "store", "info": "basic.phone", "form": "encrypted", "amount": 10, "unit": "row"},
    ]  # fmt: skip


def partner_page() -> list[Fact]:
    """A partner's page is announced, agreed to, and gets what was agreed to."""
    host = {"third_party_app": "coupons"}
    return [
        *first_start(),
        {"kind": "prompt", "item": "third_party", "info": "basic.phone", "detail": host,
         "seen_at": at(40)},
        {"kind": "consent", "item": "separate", "info": "basic.phone", "recipient": "a_partner",
         "detail": host, "seen_at": at(45)},
        {"kind": "transmit", "info": "basic.phone", "actor": "first_party",
         "recipient": "a_partner", "form": "encrypted", "phase": "after_consent", "detail": host,
         "seen_at": at(50)},
    ]  # fmt: skip


def other_basis() -> list[Fact]:
    """What a law requires may be read before consent."""
    return [
        *first_start(),
        {"kind": "transmit", "info": "netid.ip", "actor": "first_party",
         "recipient": "first_party", "basis": "legal_duty", "phase": "before_prompt",
         "form": "clear", "seen_at": at(0.5)},
    ]  # fmt: skip


EVERY = (
    story("nothing is known", []),
    story("a package in which nothing is found", [], PACKAGE),
    story("a torch without a permission", [
        {"kind": "trait", "item": "target_sdk", "amount": 34},
        {"kind": "publish", "item": "policy", "locator": "assets/privacy.html"},
    ], PACKAGE, "tool"),
    story("a package whose reads stand behind consent", package(), PACKAGE),
    story("the same, packed so that the code cannot be read", [
        {"kind": "permission", "item": FINE},
        {"kind": "publish", "item": "policy", "locator": "string/policy_url"},
    ], ("app.manifest", "app.resources")),
    story("a complete policy", policy(), POLICY),
    story("package and policy", [*package(), *policy()], PACKAGE + POLICY),
    story("an app that is watched from its first start", [
        *package(), *policy(), *first_start(), *location_on_request(), *rights(),
    ], PACKAGE + POLICY + (*SESSION, "session.rights"), "map"),
    story("a policy that is refused", [*refusal(), *policy()],
          (*POLICY, *SESSION, "session.refuse"), "map"),
    story("a permission that is denied", [*first_start(), *denial(), *rights(), *policy()],
          (*POLICY, *SESSION, "session.deny"), "map"),
    story("consent that is withdrawn", [*withdrawal(), *rights(), *policy()],
          (*POLICY, *SESSION, "session.withdraw")),
    story("a new function", [*update(), *rights(), *policy()],
          (*POLICY, "policy.earlier", "session.update", "session.screens")),
    story("requests answered in time", requests(), ("people.requests", "store.scan")),
    story("servers that give what was agreed to", servers(),
          ("traffic.requests", "traffic.egress", "store.scan")),
    story("a partner's page that asks first", [*partner_page(), *rights(), *policy()],
          (*POLICY, *SESSION, "session.third_party")),
    story("a read that a law requires", [*other_basis(), *rights(), *policy()],
          (*POLICY, *SESSION)),
)  # fmt: skip
