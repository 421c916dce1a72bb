"""Cuts lines of JSON into the few fields that are needed, without making objects of the rest.

The files are one source: compiled together where there is a compiler, else plain Python, which is
too slow to be of use here but says the same.
"""
