"""Who acts: the roles that people give themselves, or name as the subject of a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from proviso.norms import FactValue


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{'|'.join(words)})(?![\w'])")


ROLES: tuple[tuple[str, str], ...] = (
    ("parent volunteer|parent helper|pta helper", "volunteer"),
    (r"volunteer(?:s|ing)?(?: coach| helper| reader)?|unpaid helper|helpers?|(?:hear|listen to) (?:children|PUPIL|kids) read", "volunteer"),
    (r"teaching assistants?|tas?|lsas?|hltas?|learning support (?:assistant|worker)s?|classroom assistants?|support staff|"
     r"lunch ?time (?:supervisor|assistant|staff)s?|mid ?day (?:supervisor|assistant)?s?|dinner lad(?:y|ies)|caretakers?|site (?:manager|staff|supervisor)s?|"
     r"school (?:secretary|cook|nurse|secretaries)|secretar(?:y|ies)|cooks?|cleaners?|receptionists?|office (?:staff|manager|lady|worker)s?|"
     r"(?:school )?business managers?|bursars?|(?:lab |science |ict |it )?technicians?|librarians?|learning mentors?|cover supervisors?|admin(?:istrator| staff)?s?|"
     r"pastoral (?:lead|manager|worker)s?|nursery nurses?|lollipop (?:lady|man)|do the lunches|(?:work|am) in the (?:school )?(?:office|kitchen)|"
     r"(?:his|her|their) ta|kitchen staff|family liaison officer|welfare (?:officer|assistant)", "support_staff"),
    (r"executive heads?|head ?teachers?|principals?|heads?(?= (?:accept|post|add|of (?:the|this|our) (?:school|academy|primary)|here|at|to|teacher|be|use|allowed|permitted|message|share|friend|put|check|look|tell|search))|"
     r"the head(?! of (?:year|maths|english|science|department|ks))|a head|head of (?:the |this |our )?school|acting head", "headteacher"),
    (r"(?:foundation |parent |staff |co-opted |chair of |vice chair of |la )?governors?|chair of (?:the )?(?:governors|governing body)|on the governing (?:body|board)", "governor"),
    (r"trustees?|on the trust board", "trustee"),
    (r"(?:local |county |town |borough )?councillors?|cllrs?|elected members?", "elected_member"),
    (r"contractors?|peripatetic(?: teacher| music teacher)?s?|agency (?:worker|staff|teacher)s?|self-employed|"
     r"do the (?:it|ict|gardening|cleaning|catering) for|(?:builder|electrician|plumber)s?", "contractor"),
    (r"partner (?:organisation|agency|agencies)|partners?(?= (?:of|to) the school)|third part(?:y|ies)|run the (?:breakfast|after school|holiday|wraparound) club(?: for)?|"
     r"charity (?:that |who |which )?(?:works?|working|partner\w*)(?: with)?|business partners?|partners", "partner"),
    (r"ex[- ]?(?:staff|employees?|teachers?|members? of staff|tas?)|former (?:staff|employees?|teachers?|members? of staff|tas?|colleagues?)|people who (?:have )?left the (?:school|staff)|staff who (?:have |has )?left|"
     r"retired (?:teacher|staff|head)s?", "former_employee"),
    (r"deput(?:y|ies)(?: heads?)?|assistant heads?|(?:class |supply |primary |music |pe |maths |english |science |year \d+ |reception |nursery |student |trainee |form )*teachers?|nqts?|ects?|sencos?|"
     r"supply|form tutors?|heads? of (?:year|department|maths|english|science|ks\d)|subject leaders?|early years practitioners?|lecturers?|dsls?|safeguarding lead", "teacher"),
)
_ROLE = "|".join(f"(?:{words})" for words, _ in ROLES)
_ROLE_PATTERNS = [(re.compile(rf"(?<![\w'])(?:{words})(?![\w'])"), role) for words, role in ROLES]

@dataclass
class Frame:
    """What a question was found to say. `staff` tells that the asker is staff of no stated role, `adult` that no more is known."""

    facts: dict[str, FactValue] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    staff: bool = False
    adult: bool = False

    def take(self, fact: str, value: FactValue, *, supposed: bool = False) -> None:
        """Set a fact that nothing has set yet."""
        if fact not in self.facts:
            self.facts[fact] = value
            if supposed:
                self.taken.add(fact)


OTHERS = {
    "FORMERSCHOOL": "pupil_of_former_school",
    "PUPILELSE": "pupil_elsewhere",
    "FORMER": "former_pupil",
    "OWNKID": "pupil",
    "PUPIL": "pupil",
    "PKIN": "family",
    "PARENT": "parent",
    "COLLEAGUE": "colleague",
    "APPLICANT": "applicant",
}


def roles_in(text: str) -> Iterator[str]:
    """Yield the roles that some words name, the most telling first."""
    for pattern, role in _ROLE_PATTERNS:
        if pattern.search(text):
            yield role


_PARENT_WORDS = r"(?:single |new )?(?:mum|mam|mom|mummy|dad|daddy|mother|father|parent|carer|guardian)s?(?: of (?:a |one of your |two |three )*(?:pupil|child|year \w+|reception|boy|girl|kid)s?(?: \w+)?)?"
_KIN_WORDS = r"(?:grand(?:parent|ma|mother|dad|father|pa)|nan|nana|nanna|gran|granny|granddad|aunt(?:ie|y)?|uncle|step ?(?:dad|mum)|godparent|older (?:brother|sister)|(?:big )?(?:brother|sister) of (?:a |one of )?\w+)s?"
_PUPIL_WORDS = r"(?:pupil|student|kid|child|school ?kid|school ?child|learner|schoolboy|schoolgirl|year (?:\d+|one|two|three|four|five|six)(?: pupil| kid| child| boy| girl)?|yr \d+|y\d+|\d+ year old|boy|girl|teenager)(?:s|ren)?"
_MINE = r"my (?:\w+ ){0,2}?(?P<mine>son|daughter|child|kid|boy|girl|little one|grandson|granddaughter|nephew|niece|nan|gran|grandma|grandad|sister in law|brother in law|mother in law|sister[- ]in[- ]law|husband|wife|partner|ex|sister|brother|mum|dad|mam|auntie|uncle)s?"
_OF_MINE = {"son": "pupil", "daughter": "pupil", "child": "pupil", "kid": "pupil", "boy": "pupil", "girl": "pupil", "little one": "pupil", "grandson": "pupil", "granddaughter": "pupil", "nephew": "pupil", "niece": "pupil", "mum": "parent", "dad": "parent", "mam": "parent", "husband": "parent", "wife": "parent", "partner": "parent", "ex": "parent"}
_ANYONE = rf"(?:{_ROLE}|{_PARENT_WORDS}|{_KIN_WORDS}|{_PUPIL_WORDS})"
_ARTICLE = r"(?:a |an |the |one of (?:the |your |our )?|your |our |his |her |their |new |acting |local |retired |only |worried |concerned |proud |former |full time |part time |long[- ]serving |deputy |just )*"

_SELF_ROLE = re.compile(
    rf"(?:\bi am|\bas|\bbeing|speaking as|asking as|\bwe are|\bi work as|\bi have (?:just )?(?:become|been)|my role is|my job is|\bi am employed as|\bme ,|\bi ,|\bi was)(?: just| only| now| new here ,| also| one of)? {_ARTICLE}(?P<role>{_ANYONE})(?![\w'])(?! of mine| who| friend)"
)
_HERE_ROLE = re.compile(rf"(?:^|\. |, )(?:(?:a |just a |your |another )?(?P<role>{_ANYONE}))(?: (?:of|in|at|from) (?:a |the |my )?\w+(?: \w+)?)? (?:here|speaking|asking)(?![\w'])")
_I_DO = re.compile(
    r"\b(?:i|we) (?P<role>do the lunches|do the (?:it|ict|gardening|cleaning|catering)(?: support)? for|run (?:the|your|a) \w+(?: \w+)? club(?: for)?|(?:work|am) in the (?:school )?(?:office|kitchen)|volunteer|hear (?:\w+ )?(?:children|pupils|kids) read|"
    r"(?:help|helping) (?:out )?(?:in|with|at) (?:class|reading|the|reception|year|school)|clean (?:the )?(?:school|classrooms)|sit on the (?:governing|governors)\w*|chair the governors)"
)
_LEFT = _any(
    r"i (?:used to (?:work|teach)(?= (?:here|there|at|for|in))|(?:have )?(?:just |recently |now )?(?:left|retired|resigned|finished)|no longer (?:work|teach)|do not (?:work|teach) (?:there|here) (?:any ?more|now))(?! (?:my|the) (?:phone|bag|marking|register))",
    r"(?:since|now (?:that )?|after|when|once) i (?:have )?(?:left|leave|retired?)(?! (?:my|the|work|home|the house))",
    r"i worked (?:here|there|at \w+(?: \w+)?) (?:until|till|before|last|for)", r"i am leaving (?:and|so)", r"my time (?:here|there) (?:has )?ended", r"i (?:have )?moved (?:on )?to (?:a |an )?(?:new|another) (?:school|job)",
    r"i (?:was|were) (?:a |an |the )?(?:teacher|ta|member of staff|caretaker|cook|head) (?:here|there|at \w+|until|till)", r"ex[- ](?:teacher|employee|staff|member of staff|ta) here",
)
STAFF_CLUE = _any(
    r"my (?:own )?(?:class|pupils?|form|tutor group|students?|year \w+s?|reception|nursery|classroom|lessons?|line manager|head(?:teacher)?|ta|teaching assistant|job|work|colleagues?|staff ?room|year partner|contract|timetable|boss|union|dinner duty|planning|marking)(?! (?:teacher|says|said))",
    r"(?:one|some|two|three|all|parent|parents|mum|dad|mother|father|those|mums|dads) of (?:mine|my (?:class|pupils|kids|lot|year \w+s?))", r"i teach", r"i work (?:at|in|for|here)", r"ppa", r"our (?:staff ?room|staff|pupils|children|year group|head|caretaker|ta|deputy|class|parents)",
    r"at work", r"work time", r"members? of (?:our )?staff", r"as (?:a )?(?:member of staff|staff|an employee)", r"(?:a |my )?colleagues?", r"school (?:laptop|computer|ipad|email|phone|account|camera)", r"my phone at (?:work|school)", r"new (?:starter|here)|starting (?:here|at the school)", r"working hours", r"(?:one|some|two) of (?:the|our) (?:parents|mums|dads|pupils|kids|children)", r"staff ?room",
)
_GENERIC_STAFF = re.compile(
    r"(?:can|could|may|might|should|must|are|is|do|does|would|if|for|when) (?:(?:it|it be|be) (?:ok|okay|fine|alright|acceptable|a problem|wrong|allowed) (?:for|if) )?(?:a |an |all |any |our |the |other )*"
    r"(?P<who>members? of staff|school staff|staff(?: members?)?|employees?|workers|people who work (?:here|at the school|in the school)|anyone who works (?:here|there|at the school)|those who work(?: \w+)?)"
)
_VERB = (
    r"(?:be |to |not |ever |also |still |just |all |please |really |actually |then |even )*(?:allowed|able|permitted|ok|okay|fine|add|adding|post|posting|messag\w*|us(?:e|ing)|have|having|go|going|be|friend|befriend|shar(?:e|ing)|put|putting|tak(?:e|ing)|follow|following|contact\w*|connect\w*|"
    r"access\w*|look\w*|check\w*|writ(?:e|ing)|comment\w*|accept\w*|text\w*|e?-?mail\w*|ring|ringing|call|calling|tell|say|giv(?:e|ing)|edit\w*|sign\w*|search\w*|publish\w*|set|setting|mak(?:e|ing)|run|running|keep|keeping|bring|bringing|talk|talking|chat|chatting|discuss\w*|delet\w*|ask|asking|upload\w*|"
    r"mention\w*|nam(?:e|ing)|show|showing|speak\w*|want(?:s|ing)? to|join|joining|open|opening|regist\w*|creat\w*|start|starting|tweet\w*|circulat\w*|complain\w*|film|filming|record\w*|pretend\w*|rais(?:e|ing)|play|playing|stay\w*|vet|googl\w*|respond|repl(?:y|ying)|send|sending|leave|air|advertis\w*|sell|let|see|view|brows\w*|scroll\w*|scan|snap|stream\w*|whatsapp|moan|rant|criticis\w*|identify|state|list|help|insult\w*|slag\w*|photograph\w*|video\w*|PLAT)"
)
_LEAD = r"(?:^|\. |, |\band |\bso |\bbut |\bwonder(?:ing)? |\bknow |\bask(?:ing)? |\bsee )(?:(?:hi|hello|please|quick question|question|just|right|ok|so|also|and|then) ?,? ?)*"
_MODAL = r"(?:can|could|may|might|should|must|are|is|do|does|would|will|if|whether|what if|when)(?: it| that| there)?(?: be)?(?: (?:ok|okay|fine|alright|all right|acceptable|a problem|wrong|allowed|against \w+ \w+|in order|right|appropriate|permissible|legal|any problem|an issue|permitted))?(?: with| for| if| that)?"
_SUBJECT = re.compile(
    rf"{_LEAD}{_MODAL} (?:a |an |the |our |any |all |some |another |other |one of (?:the |our )?|whole |your |individual |new )*(?P<who>{_ANYONE}|schools?|(?:grown )?(?:man|woman|up)|adults?|councils?|someone|somebody|anyone|former staff)"
    rf"(?: of (?:the|our|a) \w+| in \w+(?: \w+)?(?= )| here| too| also| as well| who \w+ \w+)?,? {_VERB}(?![\w'])"
)
_SUBJECT_MINE = re.compile(rf"(?:{_LEAD}{_MODAL} |(?:^|\. |, ))(?P<who>{_MINE})(?= (?:is|are|has|have|wants?|and|be|to|join|use|post|put|share|go|sign|add|in|all|only|aged|,|keeps? (?:asking|on)|would|allowed|just|start|get|says? (?:all|her|his|every)))")
_SUBJECT_START = re.compile(
    rf"(?:^|\. )(?:(?:hi|hello|so|one of (?:the|our|your)|a|an|the|our|some|all|both|two|any|these|those) )*(?P<who>{_ANYONE}|schools?)"
    r" (?:(?:is|are|was|were|has|have) )?(?:(?:wants?|wanting|wanted|would like|is thinking of|are thinking of|thinking of|is asking|are asking|is going|are going|asks?|plans?|planning|hopes?|keen|wishing|wishes|allowed|permitted|need|needs) (?:to |if |about )"
    r"|(?=(?:posting|putting|sharing|taking|filming|using|going|adding|tweeting|publishing|uploading|signing|setting|making|joining|being allowed|on PLAT|accessing|checking|browsing|editing|registering|following|connecting)(?![\w'])))"
)


def role_of(words: str) -> str | None:
    """Return the role that some words name, None when they name none."""
    if re.fullmatch(r"schools?|councils?", words):
        return "school"
    found = next(roles_in(words), None)
    if found:
        return found
    for pattern, role in ((_PARENT_WORDS, "parent"), (_KIN_WORDS, "family"), (_PUPIL_WORDS, "pupil")):
        if re.fullmatch(pattern, words):
            return role
    return None


def asker(frame: Frame, text: str, as_role: str | None) -> tuple[str, bool]:
    """Find who acts, from the words or else from `as_role`; return the other words, and whether it is a third person."""
    third = re.search(r"\b(?:he|she|they|who|lad|girl|boy|pupil|kid|child|someone|one) (?:has |have |had )?(?:left|finished|moved)", text)
    match = _LEFT.search(text)
    if match and not third:
        frame.take("who", ["former_employee"])
        return f"{text[: match.start()]} {text[match.end() :]}", False
    for pattern in (_SELF_ROLE, _HERE_ROLE, _I_DO):
        for match in pattern.finditer(text):
            role = role_of(match.group("role"))
            if role and not (role in ("pupil", "parent", "family") and as_role not in (None, role) and pattern is _SELF_ROLE and "as " in match.group()):
                frame.take("who", [role])
                return f"{text[: match.start()]} {text[match.end() :]}".strip(" ,."), False
    match = _GENERIC_STAFF.search(text)
    if match and not _first_person(text, match.start("who")):
        frame.staff = True
        return f"{text[: match.start('who')]}they{text[match.end('who') :]}", True
    for pattern in (_SUBJECT_MINE, _SUBJECT, _SUBJECT_START):
        match = pattern.search(text)
        if not match or _first_person(text, match.start("who") if pattern is _SUBJECT else len(text)):
            continue
        words = match.group("who")
        role = _OF_MINE.get(match.group("mine"), "family") if pattern is _SUBJECT_MINE else role_of(words)
        if pattern is _SUBJECT_MINE and role == "pupil" and as_role in ("teacher", "support_staff", "headteacher", "governor"):
            continue
        if role:
            frame.take("who", [role])
        frame.adult = role is None
        if role or re.search(r"man|woman|adult|grown", words):
            return f"{text[: match.start('who')]}they{text[match.end('who') :]}", True
    if as_role:
        frame.take("who", [as_role])
    elif STAFF_CLUE.search(text):
        frame.staff = True
    return text, False


def _first_person(text: str, position: int) -> bool:
    """Whether the first person is the subject before somebody else is named (can i … a parent …)."""
    return bool(re.search(r"\b(?:can|may|could|should|must|am|do|shall|would) (?:i|we)\b", text[:position]))
