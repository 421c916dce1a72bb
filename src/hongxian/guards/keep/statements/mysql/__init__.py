"""MySQL and MariaDB: what is not known to lose nothing is denied."""
