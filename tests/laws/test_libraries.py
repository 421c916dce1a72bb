from __future__ import annotations

import re

from hongxian.info.source import CONFIDENCES, read
from hongxian.laws.libraries import load_libraries


def test_every_library_stands_once_and_is_complete() -> None:
    libraries = load_libraries()
    assert len(read("hongxian.laws", "libraries")["library"]) == len(libraries) > 100
    for one in libraries.values():
        assert one.name
        assert one.home
        assert one.prefixes
        assert one.confidence in CONFIDENCES
        assert all(re.fullmatch(r"[\w$]+(\.\w+)*", prefix) for prefix in one.prefixes)


def test_the_plumbing_of_most_apps_is_known() -> None:
    prefixes = {prefix for one in load_libraries().values() for prefix in one.prefixes}
    assert {
        "androidx", "kotlin", "okhttp3", "retrofit2", "com.bumptech.glide", "com.google.gson",
        "io.reactivex", "io.flutter", "com.facebook.react",
    } <= prefixes  # fmt: skip


def test_what_was_seen_in_real_packages_is_surer_than_memory() -> None:
    assert load_libraries()["androidx"].confidence == "C"
    assert load_libraries()["arouter"].confidence == "M"
