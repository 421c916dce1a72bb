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
    "address": "a host or URL stands in code or resources, or was talked to; item = host, "
    "recipient = its party; detail.hosted_by = the company on whose machines somebody unknown "
    "answers; amount = requests",
    "answer": "a person's judgement of a rule; item = rule id, outcome = verdict, actor = author",
    "call_site": "a call that can read PI stands in the code, reached or not; item = the API",
    "collect": "PI was read while the app ran; actor = whose code",
    "consent": "the person agreed; item = policy | separate | a permission | a function; "
    "outcome = implied when nobody did anything to agree; info, recipient = to what, if told",
    "control": "a function offered to the person; item = policy_link | correct | delete | "
    "cancel_account | withdraw_consent | personalised_off | complaint | refuse_button ...; "
    "outcome = works | fails | missing; amount = taps from the main screen, unit tap",
    "declare": "a policy says: actor does `item` (collect | use | share | entrust | transfer | "
    "disclose | store | delete | not_collect | not_share) to info, for purpose, to recipient",
    "deidentify": "a guard wrote a column to a copy; item = the copy and its column, form = how it "
    "is there, outcome = the technique; amount = values (unit row); detail.role = direct | quasi | "
    "other (as GB/T 42460 sorts identifiers), detail.refused = values that did not fit and were "
    "suppressed, detail.audience = for whom",
    "delete": "PI was deleted; outcome = done | residue (still found behind)",
    "drill": "a copy was restored for a trial; item = the source, outcome = passed | failed | "
    "never (none was tried yet), amount = time until the server took statements (unit second), "
    "detail.every = seconds within which the next is due, detail.rpo = age of the newest "
    "transaction that came back, in seconds, detail.failed = checks that failed",
    "duty": "who answers for what",
    "embed": "code of an SDK is in the package; actor = SDK key, party = its company",
    "expose": "an interface returned PI, or let it be guessed",
    "function": "a function of the app after an act of the person; item = basic | extended | "
    "existing | the function's name; outcome = available | blocked; detail.refused = the "
    "permission, the PI type or `policy` that was refused before; detail.replaced = true when a "
    "new function has taken its place",
    "permission": "the package declares a permission; item = its name; outcome = used | unused "
    "when the code tells; undeclared when code needs it and the package does not declare it",
    "prompt": "something was put before the person; item = policy | purpose | update | "
    "third_party | incident ...; detail.trigger = person when the person's own act called for it",
    "provide": "PI was handed to another party on the server side",
    "publish": "a privacy policy or list was found; item = policy | sdk_list | ...; "
    "locator = where; outcome = works | fails when someone tried to open it",
    "reach": "a path leads from an entry of the app to a call that can read PI; "
    "phase = before_prompt when no consent gate stands on it",
    "refuse": "the person refused; item = policy | a permission | a function",
    "request": "a permission or a piece of PI was asked for; item = permission or form field, "
    "amount = how many were asked at once, unit permission; outcome = granted | denied; "
    "purpose = as told in the same moment; detail.silent = true when code shows nothing on the way "
    "to it; detail.trigger = person when the person's own act "
    "called for it; detail.flow = correct | delete | cancel_account when asked on the way to that",
    "risk": "how easily a person can be found again in a copy was measured; item = the copy, "
    "amount = highest risk of a row (unit ratio), detail.grade = 1 | 2 | 3, detail.k, "
    "detail.before = the same of the source, detail.quasi = over which columns",
    "right": "a rights request or a complaint and how it ended; item = access | correct | "
    "delete | cancel_account | complaint ...; outcome = open | closed; amount = working days",
    "section": "a policy contains a part, or has a measurable property; item = the part, "
    "amount and unit = its figure",
    "signal": "a guard saw a pattern of abuse",
    "state": "the state of a switch, box or permission; item = which, outcome = checked | "
    "unchecked | granted | denied | visible; phase or locator say when",
    "store": "PI lies at rest; item = file, table and column, form = how; amount = rows that hold "
    "it (unit row) or age of the oldest (unit day); detail.medium = table | log | text | document "
    "| dump; detail.bare = true when a hash has neither key nor salt",
    "trait": "a property of the package; item = target_sdk | cleartext | backup | "
    "ads_recommendation ..., amount = its figure",
    "transmit": "PI left the device or the host; item = host, recipient = the party, form = how; "
    "detail.owner = key of the recipient's company, detail.hosted_by as for address; "
    "detail.third_party_app = name of the application opened inside (mini program, H5 service)",
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
    "store.deleted": "persons who were deleted were looked for in databases and files",
    "traffic.requests": "requests and responses of the operator's interfaces were read",
    "traffic.egress": "what the operator's servers send to other parties was read",
    "guard.mask": "copies that were de-identified: what was done to each column",
    "guard.drill": "copies of databases were restored for a trial",
    "people.requests": "the register of rights requests and complaints was read",
}
"""What a sensor can have looked at; coverage is told scope by scope, rules need scopes."""

STATUSES = {
    "ran": "looked at the whole of it",
    "partial": "looked at a part; the reason says which and why",
    "not_run": "did not look; the reason says why",
}
"""How far a sensor got within a scope."""

SECTIONS = {
    "collection_rules": "says which PI is collected, why and how",
    "simplified_chinese": "the text is there in simplified Chinese",
    "operator_identity": "names the operator; party = its name",
    "operator_contact": "gives a way to reach the operator; detail.kind = email | phone | "
    "address | online | social",
    "privacy_officer": "names who is in charge of protecting PI, or the team for it",
    "effective_date": "says from when it holds; effective_at = the date",
    "update_date": "says when it was last changed; effective_at = the date",
    "changed": "differs from an earlier version in type, purpose, manner or recipient; "
    "info, purpose, recipient = what is new; effective_at = date of the new version",
    "change_notice": "says how the person learns of changes",
    "incident_notice": "says what the person is told after a leak",
    "sdk_list": "lists third-party SDKs; detail.columns = what it tells of each: name | company | "
    "purpose | info | link ...; detail.count = how many",
    "permission_purposes": "says what a permission is for; detail.permission, purpose",
    "sensitive_marked": "sensitive PI is marked off from the rest; detail.how = type | words",
    "sharing": "says to whom PI is given, or that it is given to nobody; detail.act = share | "
    "entrust | transfer | disclose | not_share",
    "cookies": "says what cookies and the like are used for",
    "minors": "rules for children; detail.age = the age named",
    "cross_border": "says what leaves the country, to whom and why; detail.none = true when "
    "nothing does",
    "retention": "says how long PI is kept; amount, unit day",
    "access": "how to see one's PI",
    "correct": "how to have PI corrected",
    "delete": "how to have PI deleted",
    "copy": "how to get a copy or move PI elsewhere",
    "withdraw": "how to withdraw consent",
    "cancel_account": "how to cancel the account",
    "cancel_condition": "a condition for cancelling the account; detail.condition = its words",
    "personalised": "says that PI is used for personalised content, advertising or push",
    "personalised_off": "how to switch that off",
    "complaint_channel": "where to complain about the handling of PI",
    "response_time": "within what time requests and complaints are answered; amount, unit "
    "working_day or day; detail.about = to what",
    "implied_consent_wording": "using the app, or installing it, is said to mean agreement; "
    "detail.about = policy | update (only to a changed one)",
    "only_improvement_purposes": "PI is asked for only to improve service or experience, to push "
    "targeted information or to develop products; info = which",
    "image_only": "the text is there only as a picture",
    "font_size": "smallest body type; amount, unit sp",
    "contrast": "lowest contrast of body text to ground; amount, unit ratio",
    "line_spacing": "line height to font size; amount, unit ratio",
    "length": "length of the text; amount, unit character",
    "sentence_length": "average length of a sentence; amount, unit character",
    "jargon": "technical terms left unexplained; amount, unit per_1000",
    "summary": "a short version or a summary stands before the text",
    "contents": "a table of contents",
    "reading_time": "how long a practised reader takes; amount, unit minute",
    "long_sentences": "share of sentences that are long; amount, unit ratio; detail.above = limit",
    "headings": "headings for 1000 characters; amount, unit per_1000",
    "hidden_text": "text that the page holds and does not show; amount, unit character",
}
"""``item`` of kind ``section``: parts and measurable properties of a policy. A part that is
missing leaves no fact: that ``policy.text`` ran and no fact is there says it."""

CONTROLS = {
    "policy_link": "opens the policy",
    "agree_button": "agrees to the policy",
    "refuse_button": "refuses the policy, as easy to see as the one that agrees",
    "access": "shows the person's own PI",
    "correct": "corrects PI",
    "delete": "deletes PI",
    "copy": "gives a copy of PI",
    "withdraw_consent": "withdraws consent",
    "cancel_account": "cancels the account",
    "personalised_off": "switches off personalised content, advertising or push",
    "complaint": "complains about the handling of PI",
}
"""``item`` of kind ``control``; ``missing`` is written only after a search of the screens."""

PROMPTS = {
    "policy": "the policy, or a summary with a link to it, with the question for consent",
    "purpose": "what a permission or a piece of PI is for; detail.about = item of the request, "
    "outcome = clear | vague",
    "separate": "a question for separate consent; info, recipient = on what",
    "update": "the policy, or the handling of PI, has changed",
    "third_party": "a third-party application is about to receive PI",
    "incident": "PI leaked",
    "reward": "PI is asked for against a reward, red packet or prize; info = which",
    "disguised": "a question for PI or a permission that looks like something else; info = which",
}
"""``item`` of kind ``prompt``."""

STATES = {
    "consent_box": "the box or switch that agrees to the policy, as first shown",
    "main_screen": "the main screen came to the front; outcome = visible",
    "personalised": "the switch for personalised content, advertising or push",
}
"""``item`` of kind ``state``; else a permission's name, or ``setting:`` and a switch's name."""

DECLARED = {
    "collect": "collects info",
    "use": "uses info",
    "share": "gives info to another party",
    "entrust": "has another party handle info on its behalf",
    "transfer": "hands info over with the business",
    "disclose": "makes info public",
    "store": "keeps info; amount, unit day = how long; form = how",
    "delete": "deletes info",
    "not_collect": "does not collect info",
    "not_share": "does not give info to others, or not to recipient",
}
"""``item`` of kind ``declare``. Who handles it is ``actor``: null or ``first_party`` is the
operator, an SDK key the SDK."""

TRAITS = {
    "target_sdk": "target SDK level; amount",
    "cleartext": "clear-text traffic is allowed",
    "backup": "backup of the app's data is allowed",
    "min_sdk": "lowest system level; amount",
    "debuggable": "a debugger may attach",
    "exported": "components other apps may start; amount = how many",
    "signer": "a certificate that the package is signed with; detail.subject",
    "packed": "the real code is packed; detail.packer",
    "hides": "code that the reader cannot follow: loaded, reflected; detail.api",
    "widens": "an interface that lets others reach PI: bridge, accessibility; detail.api",
    "personalised": "code for advertising or recommendation that is no known SDK",
    "app_type": "which of the 39 types the app is, as its auditor says; detail.value = key",
    "changed": "a permission or SDK is new against an earlier version; detail.added = which",
    "repeats": "code that reads PI again and again; info, amount, unit second = the interval; "
    "detail.alone = true when it starts without an act of the person",
    "silent_start": "nothing that runs at the first start can put the policy before the person",
}
"""``item`` of kind ``trait``."""

PURPOSES = {
    "basic_function": "what the person uses the app for",
    "ads": "advertising",
    "recommendation": "personalised content",
    "push": "messages that are pushed",
    "statistics": "statistics of use",
    "performance": "performance and crash reports",
    "risk": "security, anti-fraud, captcha",
    "login": "login and account",
    "share": "sharing to other apps",
    "pay": "payment",
    "map": "maps and location",
    "improve": "better service or experience",
    "research": "development of new products",
    "customer_service": "answers to the person",
    "legal_duty": "a duty under law",
    "other": "named, but none of these",
}
"""``purpose`` of a fact; null when none was told or seen."""
