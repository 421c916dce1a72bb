"""Permissions that the system adds by itself to what an older app asks for.

Facts: AOSP ``data/etc/platform.xml`` (``split-permission``).
"""

from __future__ import annotations

from hongxian.sensors.app.package.model import UsedPermission

_P = "android.permission."
_ANY = 1 << 30
_SPLITS: tuple[tuple[str, str, int], ...] = (
    ("WRITE_EXTERNAL_STORAGE", "READ_EXTERNAL_STORAGE", _ANY),
    ("READ_CONTACTS", "READ_CALL_LOG", 16),
    ("WRITE_CONTACTS", "WRITE_CALL_LOG", 16),
    ("ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION", _ANY),
    ("ACCESS_FINE_LOCATION", "ACCESS_BACKGROUND_LOCATION", 29),
    ("ACCESS_COARSE_LOCATION", "ACCESS_BACKGROUND_LOCATION", 29),
    ("READ_EXTERNAL_STORAGE", "ACCESS_MEDIA_LOCATION", 29),
    ("BODY_SENSORS", "BODY_SENSORS_BACKGROUND", 33),
    ("READ_EXTERNAL_STORAGE", "READ_MEDIA_AUDIO", 33),
    ("READ_EXTERNAL_STORAGE", "READ_MEDIA_VIDEO", 33),
    ("READ_EXTERNAL_STORAGE", "READ_MEDIA_IMAGES", 33),
)
"""What is asked for, what comes with it, and below which target SDK."""


def implied_permissions(
    used: tuple[UsedPermission, ...], target_sdk: int
) -> tuple[UsedPermission, ...]:
    """Return the permissions that come with the used ones and are not used by name."""
    names = {permission.name: permission for permission in used}
    implied: dict[str, UsedPermission] = {}
    for asked, added, below in _SPLITS:
        cause = names.get(_P + asked) or implied.get(_P + asked)
        if cause and target_sdk < below and _P + added not in names:
            found = UsedPermission(_P + added, cause.max_sdk, cause.min_sdk, implied_by=_P + asked)
            implied.setdefault(found.name, found)
    return tuple(implied.values())
