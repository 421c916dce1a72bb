"""Names of people in Chinese text and in columns."""

from hongxian.info.names.finder import NameHit, find_names, find_names_in, is_name, name_scores

__all__ = ["NameHit", "find_names", "find_names_in", "is_name", "name_scores"]
