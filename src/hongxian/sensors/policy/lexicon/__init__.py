"""The lexicon: which PI, acts, parties, purposes and so on a policy names, and where."""

from hongxian.sensors.policy.lexicon.find import find_mentions
from hongxian.sensors.policy.lexicon.purposes import purpose_key
from hongxian.sensors.policy.mentions import Mentions

__all__ = ["Mentions", "find_mentions", "purpose_key"]
