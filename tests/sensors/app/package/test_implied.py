import pytest

from hongxian.sensors.app.package.implied import implied_permissions
from hongxian.sensors.app.package.model import UsedPermission


def implied(target: int, *names: str) -> set[str]:
    used = tuple(UsedPermission(f"android.permission.{name}") for name in names)
    return {p.name.rpartition(".")[2] for p in implied_permissions(used, target)}


@pytest.mark.parametrize(
    ("target", "used", "expected"),
    [
        (34, ("CAMERA",), set()),
        (34, ("WRITE_EXTERNAL_STORAGE",), {"READ_EXTERNAL_STORAGE"}),
        (28, ("ACCESS_COARSE_LOCATION",), {"ACCESS_BACKGROUND_LOCATION"}),
        (29, ("ACCESS_COARSE_LOCATION",), set()),
        (15, ("READ_CONTACTS",), {"READ_CALL_LOG"}),
        (34, ("ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION"), set()),
    ],
)
def test_what_the_system_adds(target: int, used: tuple[str, ...], expected: set[str]) -> None:
    assert implied(target, *used) == expected


def test_says_which_permission_brought_it() -> None:
    used = UsedPermission("android.permission.READ_CONTACTS", max_sdk=20)
    (found,) = implied_permissions((used,), 10)
    assert found.implied_by == used.name
    assert found.max_sdk == 20
