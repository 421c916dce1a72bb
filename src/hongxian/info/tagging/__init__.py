"""Tagging of characters by a small network, for what no pattern describes: names, addresses."""

from hongxian.info.tagging.grams import is_han
from hongxian.info.tagging.network import Network, load_network
from hongxian.info.tagging.rows import Span, Tagging, tag_rows

__all__ = ["Network", "Span", "Tagging", "is_han", "load_network", "tag_rows"]
