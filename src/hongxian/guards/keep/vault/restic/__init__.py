"""The vault as a repository of restic, which it speaks to by restic's REST protocol."""
