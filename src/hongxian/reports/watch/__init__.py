"""What the watch found, format by format: each shows the same plain data."""

from hongxian.reports.watch.render import FORMATS, render

__all__ = ["FORMATS", "render"]
