"""The lane for MySQL and MariaDB: their protocol, judged command by command."""
