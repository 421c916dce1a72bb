"""Files that are masked: CSV, Parquet, JSON Lines; one file each."""
