"""The closed lists of the fact language: a word that is not here cannot be written.

A fact is an observation, never an opinion; so no list below holds a word of judgement.
"""

from __future__ import annotations

SENSORS = {
    "app": "reads an app package without running it",
    "policy": "reads the text of a privacy policy",
    "session": "reads what a test session recorded while the app ran",
    "store": "reads databases, files and logs at rest",
    "traffic": "reads interface traffic",
    "guard": "a guard of this product reports what it did",
    "people": "a person's request, complaint or report",
    "answer": "a person's recorded judgement, with author, date and attachment",
}
"""Who observed. ``guard``, ``people`` and ``answer`` add up over runs; of the others the newest
run over the same artefact counts."""

KINDS = {
    "address": "a host or URL stands in code or resources; item = host, recipient = its party",
    "answer": "a person's judgement of a rule; item = rule id, outcome = verdict, actor = author",
    "call_site": "a call that can read PI stands in the code, reached or not; item = the API",
    "collect": "PI was read while the app ran; actor = whose code",
    "consent": "the person agreed; item = policy | separate | a permission | a function",
    "control": "a function offered to the person; item = policy_link | correct | delete | "
    "cancel_account | withdraw_consent | personalised_off | complaint | refuse_button ...; "
    "outcome = works | fails | missing; amount = taps from the main screen, unit tap",
    "declare": "a policy says: actor does `item` (collect | use | share | entrust | transfer | "
    "disclose | store | delete | not_collect | not_share) to info, for purpose, to recipient",
    "delete": "PI was deleted; outcome = done | residue (still found behind)",
    "duty": "who answers for what",
    "embed": "code of an SDK is in the package; actor = SDK key, party = its company",
    "expose": "an interface returned PI, or let it be guessed",
    "function": "a function of the app after an act of the person; item = basic | extended | "
    "existing | the function's name; outcome = available | blocked",
    "permission": "the package declares a permission; item = its name",
    "prompt": "something was put before the person; item = policy | purpose | update | "
    "third_party | incident ...",
    "provide": "PI was handed to another party on the server side",
    "publish": "a privacy policy or list was found; item = policy | sdk_list | ...; "
    "locator = where",
    "reach": "a path leads from an entry of the app to a call that can read PI; "
    "phase = before_prompt when no consent gate stands on it",
    "refuse": "the person refused; item = policy | a permission | a function",
    "request": "a permission or a piece of PI was asked for; item = permission or form field, "
    "amount = how many were asked at once, unit permission; outcome = granted | denied",
    "right": "a rights request or a complaint and how it ended; item = access | correct | "
    "delete | cancel_account | complaint ...; outcome = open | closed; amount = working days",
    "section": "a policy contains a part, or has a measurable property; item = the part, "
    "amount and unit = its figure",
    "signal": "a guard saw a pattern of abuse",
    "state": "the state of a switch, box or permission; item = which, outcome = checked | "
    "unchecked | granted | denied | visible; phase or locator say when",
    "store": "PI lies at rest; form says how; amount = rows or days by unit",
    "trait": "a property of the package; item = target_sdk | cleartext | backup | "
    "ads_recommendation ..., amount = its figure",
    "transmit": "PI left the device or the host; recipient = the party, form = how",
    "use": "PI was used for a purpose",
    "withdraw": "the person withdrew consent; item = policy | a permission",
}
"""What was observed. Each kind's text says how it fills ``item``, ``outcome`` and ``amount``."""

PHASES = {
    "before_prompt": "before the policy was put before the person",
    "prompt": "while it was shown, before an answer",
    "after_consent": "after the person agreed",
    "after_refusal": "after the person refused",
    "after_withdrawal": "after the person withdrew consent or cancelled the account",
    "after_update": "after the app was updated to a newer version",
    "background": "while the app was not in front",
    "unknown": "the moment is not known",
}
"""When, relative to the person's choice."""

FORMS = {
    "clear": "as it is",
    "masked": "partly covered",
    "hashed": "hashed; a hash of a phone number or IMEI still identifies",
    "encrypted": "encrypted, so that the observer could not read it",
    "anonymised": "cannot be brought back to a person",
}
"""In which form the PI was."""

CERTAINTIES = {
    "seen": "it happened while someone watched",
    "reachable": "the code can do it",
    "declared": "a document or a person says so",
    "inferred": "a model or heuristic says so, with a score",
}
"""How the observation came about."""

SCOPES = {
    "app.manifest": "manifest, permissions, components, certificate",
    "app.code": "DEX code, call graph, call sites",
    "app.resources": "resources, assets and strings",
    "app.native": "native libraries, by name",
    "policy.text": "the text of the policy",
    "policy.earlier": "an earlier version of the policy, to compare",
    "policy.look": "the rendered page: font, contrast",
    "session.start": "first start of a fresh install, untouched, up to the consent prompt",
    "session.refuse": "the policy was refused and the app watched afterwards",
    "session.accept": "the policy was accepted and the app watched afterwards",
    "session.functions": "the app's functions were used",
    "session.deny": "permissions were denied one by one",
    "session.background": "the app was left in the background",
    "session.withdraw": "consent was withdrawn",
    "session.rights": "correction, deletion and account cancellation were tried",
    "session.update": "the app was updated from an earlier version",
    "session.third_party": "connected third-party applications were opened",
    "session.screens": "screens, prompts, controls and texts were recorded",
    "session.hooks": "calls to sensitive APIs were recorded while the app ran",
    "session.network": "network traffic was recorded while the app ran",
    "store.scan": "the operator's databases and files were scanned",
    "traffic.requests": "requests and responses of the operator's interfaces were read",
    "traffic.egress": "what the operator's servers send to other parties was read",
    "people.requests": "the register of rights requests and complaints was read",
}
"""What a sensor can have looked at; coverage is told scope by scope, rules need scopes."""

STATUSES = {
    "ran": "looked at the whole of it",
    "partial": "looked at a part; the reason says which and why",
    "not_run": "did not look; the reason says why",
}
"""How far a sensor got within a scope."""
