"""One command that does to a kept database what a person with every right can do, and looks.

PostgreSQL, the lane, the vault, the operator, the one who signs and the scratch server of drills
run each in a uid of its own; database, lane, vault and operator each in a network namespace of its
own, between which only the cables exist that ``docs/keep.md`` tells of. Each fault is done as the
operator would do it, against the product as a user runs it. The table says what was expected, what
happened, whether that refuses or heals it, and which record of evidence shows it. Exit code 1: at
least one fault was neither; 3: none was, but some could not be run here.

Run as root: ``python bench/keep_faults.py [--only GROUP ...] [--format table|markdown|json]``; the
Debian packages postgresql, restic, faketime, iproute2 and openssl are needed.
"""

from keep_faults.command import main

if __name__ == "__main__":
    main()
