from samples.session_story import BEGIN, OFFSET
from tests.sensors.session.conftest import about

from hongxian.sensors.session.operation_facts import operation_facts

DUMP = """Uid u0a234:
  state=cch
    Package cn.example.app:
      CAMERA (allow):
        null=[
          Access: [top-s] 2026-11-18 20:27:00.000 (-20s)
        ]
      FINE_LOCATION (allow):
        null=[
          Access: [bg-s] 2026-11-18 20:27:10.000 (-10s)
          Reject: [bg-s] 2026-11-18 20:27:11.000 (-9s)
        ]
      READ_CONTACTS (allow):
        null=[
          Access: [top-s] 2026-11-18 19:00:00.000 (-1h27m20s)
        ]
"""


def test_the_systems_own_count_becomes_facts_without_knowing_the_code(story) -> None:
    story.mark(0, "start")
    story.mark(5, "accept")
    story.tap(5, "同意")
    for name in ("1.txt", "2.txt"):
        story.writer.member("appops", name, DUMP.encode(), at=BEGIN + OFFSET + 40)
    found = list(operation_facts(about(story)))
    told = {(f.kind, f.item, f.actor, f.phase) for f in found}
    assert told == {
        ("collect", "appops:CAMERA", "unknown", "after_consent"),
        ("collect", "appops:FINE_LOCATION", "unknown", "background"),
    }
    assert {f.info for f in found if f.item == "appops:FINE_LOCATION"} >= {"location.precise"}
