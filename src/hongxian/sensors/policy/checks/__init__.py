"""Document checks: which parts a policy has, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks import (
    access,
    cancel_account,
    cancel_condition,
    change_notice,
    collection_rules,
    complaint_channel,
    cookies,
    copy,
    correct,
    cross_border,
    delete,
    effective_date,
    implied_consent_wording,
    incident_notice,
    minors,
    only_improvement_purposes,
    operator_contact,
    operator_identity,
    permission_purposes,
    personalised,
    personalised_off,
    privacy_officer,
    response_time,
    retention,
    sdk_list,
    sensitive_marked,
    sharing,
    simplified_chinese,
    update_date,
    withdraw,
)
from hongxian.sensors.policy.checks.text import Policy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.sensors.policy.declarations import Declaration
    from hongxian.sensors.policy.document import Document
    from hongxian.sensors.policy.findings import Finding
    from hongxian.sensors.policy.mentions import Mention

CHECKS = (
    collection_rules.check, simplified_chinese.check, operator_identity.check,
    operator_contact.check, privacy_officer.check, effective_date.check, update_date.check,
    change_notice.check, incident_notice.check, sdk_list.check, permission_purposes.check,
    sensitive_marked.check, sharing.check, cookies.check, minors.check, cross_border.check,
    retention.check, access.check, correct.check, delete.check, copy.check, withdraw.check,
    cancel_account.check, cancel_condition.check, personalised.check, personalised_off.check,
    complaint_channel.check, response_time.check, implied_consent_wording.check,
    only_improvement_purposes.check,
)  # fmt: skip
"""All checks, in the order in which a reader asks for the parts."""


def check_document(
    document: Document, mentions: Sequence[Mention], declarations: Sequence[Declaration] = ()
) -> list[Finding]:
    """Return the parts that a policy has.

    Args:
        document: the policy.
        mentions: what it names.
        declarations: what it declares.

    Returns:
        A finding for each place of each part, check by check; a part that is missing has none.
    """
    policy = Policy(document, mentions, declarations)
    return [found for check in CHECKS for found in check(policy)]
