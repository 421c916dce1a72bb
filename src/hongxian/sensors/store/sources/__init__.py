"""Sources of tables: files of every kind, archives, databases, object stores.

Each yields :class:`~hongxian.sensors.store.sources.table.Table`, whose rows come as Arrow batches.
"""
