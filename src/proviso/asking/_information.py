"""Questions about the policy itself: which of its clauses speak of what is asked."""

from __future__ import annotations

import re

from proviso.norms import Clause, CompiledPolicy

_MOST = 8

_ASKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"(?:when|how often|what date|is it|was it|has it been|who|due|next|last|date|which version|what version|out of date|up to date|current).{0,30}(?:review\w*|approv\w*|adopt\w*|sign(?:ed|s)? off|updat\w*|dated|version|in force|written|agreed|ratif\w*)(?! my)", ("review-and-approval",)),
    (r"(?:review|adoption|approval) (?:date|due)|who (?:has )?(?:signed|approved|adopted|agreed|wrote|made|checked)|how old is (?:the|this|your)|consult\w* (?:with )?(?:the )?unions?|unions? (?:\w+ )?consult\w*|reviewed", ("review-and-approval",)),
    (r"what (?:happens|will happen|would happen|could happen|can happen|are the (?:consequences|penalties|sanctions))(?! now| next)|consequences?|(?:be|get|got|getting) (?:sacked|fired|dismissed|disciplined|in trouble|into trouble|suspended|the sack)|lose my job|sack(?:ed)? (?:me|for)|disciplin\w+|gross misconduct|misconduct|punish\w*|penalt\w*|sanctions?|break(?:s|ing)? (?:the|this|it|these) ?(?:policy|rules?)?$|breach(?:es|ing)? (?:of )?(?:the|this)|could i be (?:sued|prosecuted)|(?:sued|prosecuted|taken to court)", ("consequences",)),
    (r"(?:does|do|is|are|will|who|what|which|am)(?: \w+){0,8} (?:cover(?:s|ed|ing)?|appl(?:y|ies|ied)|includ\w*|count(?:s|ed)?|bound|reach(?:es)?|extend\w*|subject to|affect\w*|relevant|come under|fall under|meant by|follow (?:this|the|it))\b|who is (?:it|this|the policy) for|what (?:is|does) (?:this|the|it)(?: \w+)?(?: policy)? (?:for|about|aim|mean|try)|(?:purpose|aims?|point|scope|objectives?) of (?:this|the|it)|why (?:do|does|is|have) (?:we|you|the school|there|this)|what counts as|definition of|what is meant|who is (?:staff|a member|classed|counted)|one of the sites|which sites|which (?:platforms?|apps|networks)|does (?:it|this) (?:matter|cover)|whose responsib\w*|is my private life|private life|outside (?:of )?(?:work|school) (?:covered|count|too)|what is this policy|what sites", ("scope",)),
    (r"(?:who|do|does|can|is|are|will|may)(?: \w+){0,6} (?:reads?|monitor\w*|watch(?:es|ing|ed)?|check(?:s|ing|ed)?|sees?|track\w*|spy\w*|snoop\w*|look(?:s|ing)? at|log(?:s|ged)?|keep(?:ing)? an eye)(?: \w+){0,6} (?:my|our|us|me|staff|e-?mails?|internet|posts?|browsing|accounts?|what (?:i|we))|monitor\w*|my (?:school )?(?:e-?mails?|internet|browsing)(?: \w+){0,3} (?:private|read|checked|watched|confidential|logged)|expectation of privacy|is (?:my )?(?:school )?(?:e-?mail|internet|browsing) private|spy\w* on|being watched|snoop\w*|who reads|private on (?:the )?school", ("monitoring",)),
    (r"(?:which|what|any|are there|name|the) (?:\w+ )?(?:laws?|acts?|legislation|legal|statut\w*)|\blaws?\b(?! in)|gdpr|data protection(?: act)?|legislation|freedom of (?:speech|expression|information)|human rights|free speech|defamation act|what does the law", ("legal-framework",)),
    (r"(?:which|what|any|are there|other|related|linked|go with|alongside|read with|where)(?: \w+){0,5} (?:policies|documents?|guidance|procedures?|polic(?:y|ies)|papers|appendix)|acceptable[- ]use|code of conduct|related (?:policies|documents)|appendix a|where (?:is|can i find) (?:the )?appendix|safer working practice|standards of behaviour|union (?:says|guidance|advice)|what my union|guidance from my union", ("related-policies",)),
    (r"privacy (?:settings?|levels?)?|(?:who can see|lock down|locked down|make (?:it|my \w+) private|public listing|be private|set (?:it|them|my \w+) (?:to )?private|settings)", ("privacy-settings",)),
    (r"train(?:ing|ed)|induct\w*|new (?:starter|starters|staff|member)|handbook|do new|told about (?:this|the) policy|who gets a copy|given (?:a copy|this)|share(?:d)? with (?:all )?staff", ("training", "privacy-settings", "review-and-approval")),
    (r"(?:change|strong|how often|keep|update|renew|safe)(?: \w+){0,4} passwords?|passwords?(?: \w+){0,4} (?:change|changed|often|safe|secure|strong|confidential)", ("passwords",)),
    (r"who (?:decides?|is responsible|is in charge|deals?|handles?|takes|runs|owns|is accountable|should (?:be )?)|responsib\w+|accountab\w*|whose (?:job|fault|decision)", ("roles", "being-bullied", "official-accounts")),
    (r"what (?:does|do|is|are)(?: \w+){0,5} (?:confidential|cyber ?bullying|social media|professional communications?|staff members?)(?: \w+){0,3}$|what counts as (?:confidential|cyber ?bullying|staff|social)|(?:definition|meaning) of|how (?:do you|does it|is) (?:\w+ )?defin\w*|defin(?:e|ed|ition)", ("scope", "confidentiality", "being-bullied")),
    (r"(?:separate|different|second|another) (?:e-?mail|address)(?: \w+){0,6}|e-?mail (?:address )?(?:just )?for (?:social|my)", ("work-email", "privacy-settings")),
    (r"what (?:must|should|does|do|will|can|would)(?: the)? (?:school|head|headteacher|trust|they|leaders|governors|we)(?: \w+)? (?:do|provide|give)|what (?:is|are) the (?:school|head)(?:'s)? (?:duty|role|job|supposed)|will (?:the school|they|i|anyone)(?: \w+){0,4} (?:take|believe|listen|serious)|taken seriously|provide (?:us with )?(?:phones?|cameras?|devices?)|(?:should|must|does|do|will) (?:the |my )?school (?:give|provide|supply|lend|buy)|supply (?:us|staff) with|school (?:cameras?|phones?) (?:for|on) trips", ("being-bullied", "reporting-concerns", "equipment", "training", "removal", "allegations", "consequences")),
    (r"(?:no|without|has ?n[o']?t got|do ?n[o']?t have|not (?:on|got|have)|does not have)(?: \w+){0,6} (?:PLAT|social media|facebook|internet|access|phone|smartphone)|not on (?:social|facebook|PLAT)|left out|excluded|disadvantag\w*|miss(?:es|ing)? out", ("equity-of-access",)),
    (r"union|professional association|legal (?:help|advice)|support (?:for|can i get|is there)", ("being-bullied", "related-policies", "review-and-approval")),
    (r"police", ("being-bullied", "allegations", "unsuitable-material")),
    (r"lado|local authority|allegation\w*|refer(?:red|ral)?", ("allegations",)),
    (r"what (?:should|do|must|am) i (?:\w+ )?(?:check|look|do)(?: \w+){0,4} (?:profile|account|page|join|start)|my profiles?|digital footprint|own (?:practice|profile)", ("privacy-settings", "training")),
    (r"what (?:do|should|must) i do (?:if|when)|who do i (?:tell|ask)|who should i ask|unsure|not sure (?:who|if)|clarif\w*|who can i ask", ("reporting-concerns", "roles", "being-bullied")),
    (r"(?:pupils?|PUPIL|children|childern|kids)(?: \w+){0,8} (?:internet|ict|computers|online|digital)", ("pupil-use",)),
    (r"(?:official|school)(?:'s)? (?:page|site|account|website)s?(?: \w+){0,6} (?:real|genuine|tell|count|run by)|how (?:do|can) (?:i|we|people|parents) (?:tell|know)(?: \w+){0,6}", ("official-accounts",)),
    (r"best interests", ("official-accounts",)),
    (r"how do (?:i|we) (?:complain|raise|make a complaint)|complaints? (?:procedure|policy|route)", ("complaints-online", "related-policies")),
)
_PATTERNS = [(re.compile(rf"(?<![\w'])(?:{pattern})"), topics) for pattern, topics in _ASKS]
_STRONG = re.compile(
    r"(?:policy|policies|document|rules?|it|this) (?:\w+ ){0,3}(?:cover|say|mean|appl|includ|mention|for\b|about|reviewed|due|aim)|what (?:is|does|are|happens|counts|will|would)|which (?:laws?|sites?|polic|document|rules|platforms?)|who (?:decides|reads|is|approved|signed|wrote|can see)|"
    r"when (?:is|was|will|does|did|do) (?:it|this|the|policy|we)|how (?:often|old|long|tight|strict|do you define)|does (?:it|this|the policy|gdpr|the law)|do (?:i|we|staff|they|new)(?: \w+)? (?:have to|need to|get)|are (?:my|there|our|we|they)|is (?:my|there|it|what|snapchat|this|someone|a \w+) |why |can they|could i be|will i|am i (?:covered|bound)|should i (?:look|check|read|use a|have a)|what my union|due|monitor"
)
_WORD = re.compile(r"[a-z]{3,}")
_EMPTY = frozenset(
    "the and for with that this what who when how does did are was were can could would should will have has had "
    "not any all our your his her their they them you about from into out policy school say says get use used "
    "there here some been being which why where it's its".split()
)


def topics_asked(text: str, tagged: str) -> dict[str, int]:
    """Return the topics that a question about the policy names, with how many of its words name each."""
    found: dict[str, int] = {}
    for rank, (pattern, topics) in enumerate(_PATTERNS):
        if pattern.search(text) or pattern.search(tagged):
            for topic in topics:
                found[topic] = found.get(topic, 0) + (2 if rank < 12 else 1)
    return found


def about_the_policy(text: str) -> bool:
    """Whether a question is put as one about the policy rather than about doing something."""
    return bool(_STRONG.search(text))


def clauses_about(policy: CompiledPolicy, topics: dict[str, int], text: str) -> tuple[str, ...]:
    """Return the clauses on some topics, those that share most with the question's words first."""
    asked = {_stem(word) for word in _WORD.findall(text) if word not in _EMPTY}
    scored: list[tuple[float, int, str]] = []
    for position, clause in enumerate(policy.policy.clauses):
        weight = max((topics[topic] for topic in clause.topics if topic in topics), default=0)
        if weight:
            first = clause.topics[0] in topics
            scored.append((-(weight + 0.5 * first + 1.5 * _shared(clause, asked)), position, clause.id))
    return tuple(clause_id for _, _, clause_id in sorted(scored)[:_MOST])


def _shared(clause: Clause, asked: set[str]) -> float:
    words = {_stem(word) for word in _WORD.findall(f"{clause.text} {clause.at} {' '.join(clause.refers)}".lower())}
    return len(words & asked) / (1 + 0.05 * len(words))


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ed", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
