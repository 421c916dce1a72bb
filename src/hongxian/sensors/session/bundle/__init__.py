"""The session bundle: one sealed ZIP with everything that a test session recorded."""

from hongxian.sensors.session.bundle.archive import Bundle, open_bundle
from hongxian.sensors.session.bundle.manifest import Manifest, Member
from hongxian.sensors.session.bundle.write import BundleWriter

__all__ = ["Bundle", "BundleWriter", "Manifest", "Member", "open_bundle"]
