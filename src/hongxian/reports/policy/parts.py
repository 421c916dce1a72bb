"""Which parts a policy is looked through for, in which order, and which behaviours they bear on.

The parts are those that PIPL articles 14 to 17, 22 to 24, 28 to 31, 39, 44 to 50 and 57, the
Method and GB/T 35273-2020 5.5 ask of a policy; the numbers are those of the Method whose rules
read them.
"""

from __future__ import annotations

PARTS: dict[str, dict[str, tuple[str, ...]]] = {
    "about": {
        "operator_identity": ("5.1",), "operator_contact": (), "privacy_officer": (),
        "effective_date": (), "update_date": (),
        "simplified_chinese": ("1.4",), "summary": ("2.4",), "contents": (),
    },
    "handling": {
        "collection_rules": ("1.1",), "permission_purposes": ("2.1",), "sensitive_marked": (),
        "sdk_list": ("2.1",), "sharing": ("5.1",), "cookies": (), "retention": (),
        "minors": (), "cross_border": (),
        "personalised": ("3.6",),
    },
    "rights": {
        "access": (), "correct": ("6.1",), "delete": ("6.1",), "copy": (),
        "withdraw": ("3.8",), "cancel_account": ("6.1",), "personalised_off": ("3.6",),
        "complaint_channel": ("6.5",), "response_time": ("6.3", "6.5"),
    },
    "notices": {"change_notice": ("2.2",), "incident_notice": ()},
}  # fmt: skip
"""Group -> part -> numbers of the behaviours. A part that is missing is said to be missing."""

WHERE_ANY = {
    "contents": "contents",
    "cookies": "cookies",
    "personalised": "personalised",
    "personalised_off": "personalised",
}
"""Part -> part that must be there for the first to be missed: nobody has to write of what he does
not do."""

DOUBTFUL: dict[str, tuple[str, ...]] = {
    "implied_consent_wording": ("3.4",), "only_improvement_purposes": ("4.5",),
    "cancel_condition": ("6.2",), "image_only": ("1.4",), "changed": ("2.2",),
}  # fmt: skip
"""Parts that are listed only when they are there: they call for a look."""
