"""What a statement would destroy, told before it runs, and how to run it so that nothing is lost.

Pure functions over a text and a :class:`~hongxian.guards.keep.statements.catalog.Catalog`.
"""
