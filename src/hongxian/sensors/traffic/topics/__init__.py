"""Topics of Kafka as logs: each record is a line.

Records of several partitions are put in the order of their times, as far as they are there; offsets
are committed only when the caller says that what they showed is kept.
"""
