from __future__ import annotations

from dataclasses import replace

from hongxian.info.recognise import load_recognisers, tables
from hongxian.info.recognise.checks import AREA, CALLING, REGION


def test_the_lists_of_numbers_are_read() -> None:
    made = tables.load_tables()
    assert made.marks[10] & AREA
    assert made.marks[571] & AREA
    assert not made.marks[11] & AREA
    assert made.marks[1101] & REGION
    assert not made.marks[9901] & REGION
    assert made.marks[86] & CALLING
    assert made.card_lengths[6222] == sum(1 << length for length in (16, 17, 18, 19))
    assert made.card_lengths[1234] == 0
    assert made.iban_lengths[6 * 26 + 1] == 22


def test_every_label_leads_to_the_recognisers_that_name_it() -> None:
    made, rows = tables.load_tables(), load_recognisers()
    place = made.label_numbers["手机号"]
    names = []
    while made.members[place] >= 0:
        names.append(rows[made.members[place]].name)
        place += 1
    assert "cn_mobile" in names


def test_tables_of_some_recognisers_alone_can_be_made() -> None:
    email = next(row for row in load_recognisers() if row.name == "email")
    made = tables.make_tables([replace(email, labels=("mail",))])
    assert len(made.automaton.starts) == 4
    assert set(made.label_numbers) >= {"mail", "mailno", "mail号"}
