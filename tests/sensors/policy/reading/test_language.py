import pytest

from hongxian.sensors.policy.reading.language import count_han, count_words, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我们会收集您的个人信息，并与 SDK 提供者共享。", "zh-Hans"),
        ("我們會收集您的個人資訊，並與第三方共享。", "zh-Hant"),
        ("We collect your phone number, and you may see the list of data.", "en"),
        ("Wir erheben personenbezogene Daten zur Anmeldung im Konto.", "other"),
        ("当社は、お客様の個人情報をサービスのために収集することがあります。", "other"),
        ("Мы собираем ваши персональные данные.", "other"),
        ("", "other"),
        ("12345 67890", "other"),
    ],
)
def test_the_language_that_most_of_a_text_is_in(text: str, language: str) -> None:
    assert language_of(text) == language


def test_characters_and_words_are_counted() -> None:
    assert count_han("我们的 App 是 v2，㐀") == 5
    assert count_words("We don't log e-mail 123") == 4
