from __future__ import annotations

import numpy as np
import pytest

from hongxian.info.tagging import load_network
from hongxian.info.tagging.grams import WordTable, code_points, hash_words
from hongxian.info.tagging.network import Network, load_characters, load_word_table

PACKAGES = ("hongxian.info.names", "hongxian.info.addresses")


def small(widths: tuple[int, ...] = (3, 3)) -> Network:
    draw = np.random.default_rng(3)
    sizes = [2 + 1 + 3, *([4] * (len(widths) - 1)), 5]
    floats = lambda *shape: draw.normal(size=shape).astype(np.float32)  # noqa: E731
    return Network(
        characters=np.arange(1 << 16, dtype=np.int32) % 11,
        table=WordTable(hash_words(["杭州"]), np.array([1], np.uint8)),
        char_rows=floats(11, 2),
        pair_rows=floats(1 << 17, 1),
        word_rows=tuple(floats(2, 1) for _ in range(3)),
        kernels=tuple(floats(w, sizes[n], sizes[n + 1]) for n, w in enumerate(widths)),
        biases=tuple(floats(size) for size in sizes[1:]),
    )


def chances(network: Network, text: str) -> np.ndarray:
    codes = code_points(text)
    return network.log_chances(codes, np.ones(len(codes), np.bool_))


def by_hand(network: Network, text: str) -> np.ndarray:
    """The same sums, one position and one place of the window after the other."""
    from hongxian.info.tagging.grams import read_clues

    clues = read_clues(code_points(text), network.characters, network.table)
    rows = [network.char_rows[clues.char], network.pair_rows[clues.pair]]
    rows += [known[w] for known, w in zip(network.word_rows, clues.words, strict=True)]
    layer = np.concatenate(rows, axis=1)
    for number, (kernel, bias) in enumerate(zip(network.kernels, network.biases, strict=True)):
        out = np.tile(bias, (len(layer), 1))
        for place in range(len(layer)):
            for step in range(len(kernel)):
                other = place + step - len(kernel) // 2
                if 0 <= other < len(layer):
                    out[place] += layer[other] @ kernel[step]
        layer = np.maximum(out, 0) if number < len(network.kernels) - 1 else out
    return layer - np.log(np.exp(layer).sum(axis=1, keepdims=True))


@pytest.mark.parametrize("text", ["我在杭州西湖边", "一", "ab", "杭州"])
@pytest.mark.parametrize("widths", [(3, 3), (5, 3), (5, 5)])
def test_the_layers_are_those_of_a_convolution(text, widths) -> None:
    network = small(widths)
    assert np.allclose(chances(network, text), by_hand(network, text), atol=1e-4)


def test_chances_of_a_position_sum_to_one() -> None:
    assert np.allclose(np.exp(chances(small(), "我在杭州")).sum(axis=1), 1, atol=1e-5)


def test_a_long_text_is_worked_on_in_blocks_with_the_same_result(monkeypatch) -> None:
    text = "我在杭州西湖边看荷花" * 9
    whole = chances(small((5, 3)), text)
    monkeypatch.setattr("hongxian.info.tagging.network._BLOCK", 7)
    assert np.allclose(chances(small((5, 3)), text), whole, atol=1e-5)


def test_positions_left_out_change_nothing_beyond_the_reach() -> None:
    network, text = small((5, 3)), "住在杭州" + "x" * 30 + "西湖"
    codes = code_points(text)
    near = np.ones(len(codes), np.bool_)
    near[4 + network.reach : -2 - network.reach] = False
    kept = network.log_chances(codes, near)
    full = chances(network, text)
    assert np.allclose(kept[:4], full[:4], atol=1e-5)
    assert np.allclose(kept[-2:], full[-2:], atol=1e-5)


@pytest.mark.parametrize("package", PACKAGES)
def test_the_networks_that_ship_fit_the_shared_words(package) -> None:
    network = load_network(package, "tagger")
    assert len(network.char_rows) == load_characters().max() + 1
    assert network.table is load_word_table()
    assert network.reach in (4, 5)
    assert chances(network, "我在杭州西湖").shape == (6, network.tags)
    assert load_network(package, "tagger") is network
