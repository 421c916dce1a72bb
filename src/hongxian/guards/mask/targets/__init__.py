"""Where copies go: a file, a folder, or what an address names; each takes its place when whole."""
