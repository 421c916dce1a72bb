"""Recognisers of personal information and secrets in texts, named fields and buffers."""

from hongxian.info.recognise.rows import Recogniser, load_kinds, load_recognisers
from hongxian.info.recognise.scan import (
    Hit,
    Scanner,
    count_buffer,
    recognise,
    recognise_field,
    scan_buffer,
)

__all__ = [
    "Hit",
    "Recogniser",
    "Scanner",
    "count_buffer",
    "load_kinds",
    "load_recognisers",
    "recognise",
    "recognise_field",
    "scan_buffer",
]
