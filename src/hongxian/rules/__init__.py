"""Rules: one SELECT over facts per file, with its head, and its cases beside it.

A rule pack is a folder here; :mod:`hongxian.rules.load` reads them.
"""
