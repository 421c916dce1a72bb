from hongxian.sensors.session.network.patterns import patterns


def test_every_value_has_patterns_in_clear_encoded_and_hashed() -> None:
    made = list(patterns({"basic.phone": ["13812345678"], "basic.name": ["张三", "李四"]}))
    assert {one.form for one in made} == {"clear", "masked", "hashed"}
    assert {one.how[0] for one in made if one.how} >= {"hex", "base64", "reversed", "md5"}
    assert {one.value for one in made} == {1, 2, 3}
    assert all(one.text for one in made)


def test_short_values_are_looked_for_only_as_they_are() -> None:
    made = list(patterns({"netid.account": ["abc"]}))
    assert [(one.text, one.bound, one.how) for one in made] == [(b"abc", "whole", ())]
