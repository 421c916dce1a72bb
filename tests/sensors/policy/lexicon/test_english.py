"""English sentences: PI, acts, recipients and purposes as a reader sees them."""

import pytest
from tests.sensors.policy.texts import document

from hongxian.sensors.policy.lexicon import find_mentions

SENTENCES = {
    "We collect your name, phone number and email address when you create an account.": {
        "info": {"basic.name", "basic.phone", "basic.email"}, "act": {"collect"},
    },
    "To verify your identity, we may ask you to upload a copy of your passport.": {
        "info": {"identity.passport"}, "act": {"collect"}, "purpose": {"risk"},
    },
    "Our app accesses your precise location to show nearby restaurants on the map.": {
        "info": {"location.precise"}, "act": {"collect"}, "purpose": {"map"},
    },
    "We record your IP address, device model and operating system version.": {
        "info": {"netid.ip", "device.model", "device.os"}, "act": {"collect"},
    },
    "We keep the chat transcripts and call recordings.": {
        "info": {"comm.im", "comm.call_log"}, "act": {"store"},
    },
    "We share your device identifiers with our advertising partners.": {
        "info": {"device.imei"}, "act": {"share"}, "recipient": {"third_party"},
    },
    "We do not sell your personal information to third parties.": {
        "info": {"personal"}, "act": {"share"}, "recipient": {"third_party"},
    },
    "Your credit card number is processed by our service providers.": {
        "info": {"property.bank_card"}, "act": {"use"},
    },
    "We use log data to fix crashes.": {
        "info": {"weblog"}, "act": {"use"}, "purpose": {"performance"},
    },
    "Your heart rate and step count are stored on our servers.": {
        "info": {"health.body", "sport.steps"}, "act": {"store"},
    },
    "We may disclose your phone number to law enforcement.": {
        "info": {"basic.phone"}, "act": {"disclose"}, "recipient": {"authority"},
    },
    "Your personal data may be transferred to the successor.": {
        "info": {"personal"}, "act": {"transfer"}, "recipient": {"third_party"},
    },
    "The SDK collects your Android ID and the list of installed apps for push notifications.": {
        "info": {"device.android_id", "device.app_list"}, "act": {"collect"}, "purpose": {"push"},
    },
    "We use your browsing history and search queries to deliver personalized ads.": {
        "info": {"weblog.browsing", "weblog.search"}, "act": {"use"}, "purpose": {"ads"},
    },
    "Photos and videos that you upload are stored.": {
        "info": {"media.photo", "media.video"}, "act": {"collect", "store"},
    },
    "We never access your text messages or call log.": {
        "info": {"comm.sms", "comm.call_log"}, "act": {"collect"},
    },
    "We retain your transaction records to comply with tax law.": {
        "info": {"property.transaction"}, "act": {"store"}, "purpose": {"legal_duty"},
    },
    "You may provide your gender and date of birth.": {
        "info": {"basic.gender", "basic.birth_date"}, "act": {"collect"},
    },
    "We entrust a logistics company with your delivery address.": {
        "info": {"basic.address"}, "act": {"entrust"}, "recipient": {"third_party"},
    },
    "You can delete your account at any time by contacting us.": {},
    "We use industry standard encryption to keep our services safe.": {"purpose": {"risk"}},
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES.items())
def test_a_sentence(text: str, expected: dict[str, set[str]]) -> None:
    found: dict[str, set[str]] = {}
    for one in find_mentions(document(text)).of("info", "act", "recipient", "purpose"):
        if one.certainty >= 0.5:
            found.setdefault(one.kind, set()).add(one.key)
    assert found == expected
