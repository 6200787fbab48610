"""Who does what, with whom, by what way and when, read off a tagged question.

A question is read in the order in which people get it wrong least: first whether
something has happened or is meant to be done, then who does it, then what is done; the
other people, ways and times in the sentence follow from that.
"""

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

_ASKS = (
    r"(?:can|could|may|might|should|shall|must|am|is|are|do|does|would|will) (?:\w+ ){0,2}?(?:ok|okay|fine|alright|all right|right|allowed|permitted|acceptable|wrong|safe|legal|appropriate|"
    r"in order|sensible|wise|cool|good|a problem|an issue|against)"
)
_PERSONS = r"(?:PARENT|PKIN|PUPIL|COLLEAGUE|FORMER|OWNKID|OWNKIN|PUPILELSE|members of staff|staff|employees|anyone|everyone|school staff|schools?|the school|our school|the trust|we|someone|a person|an adult|adults?|a grown man|a member of staff)"

ASKING_SELF = _any(
    r"(?:can|could|may|might|should|shall|must|do|did|am|would|will|have) (?:not )?(?:i|we|me)\b",
    r"(?:i|we) (?:can|may|could|should|must|want to|would like to|wanted to|am thinking|was thinking|was wondering|wish to|plan to|intend to|need to|am going to|am planning|am tempted|fancy|would love to|have been asked to|have to|hope to|am hoping)",
    r"(?:ok|okay|fine|alright|all right|allowed|permitted|acceptable|wrong|safe|appropriate|in order|sensible|wise|cool|good idea|problem|issue|against) (?:for (?:me|us) )?(?:to|if i|if we|that i|me)",
    r"(?:thinking of|thinking about|tempted to|want to|wanting to|going to|planning to|hoping to|fancy|would like to)",
    r"(?:let|stop) me", r"how about", r"what about (?:me )?\w+ing", r"any (?:problem|objection|issue|harm|worry|reason)",
)
ASKING = _any(
    _ASKS, r"(?:ok|okay|fine|allowed|alright|permitted|acceptable|yes or no|any problem|any objection|thoughts)(?= \.|$| ,)",
    r"(?:can|may|could|should|must|will|would|shall)(?: not)? (?:i|we|he|she|they|it|you)\b", r"(?:am|are|is) (?:i|we|he|she|they|it) (?:\w+ )?(?:allowed|ok|alright|permitted|right|fine)",
    r"(?:can|may|could|should|must) (?:a |an |the |our |any |my |all )*\w+", r"do (?:i|we) (?:have|need) to", r"is (?:that|this|it) (?:ok|allowed|fine|alright|a problem|against|permitted|wrong)",
    r"(?:shall|should) i", r"how about", r"may i",
)
WHAT_NOW = _any(
    r"what (?:now|next|do (?:i|we)|should (?:i|we)|shall i|am i (?:meant|supposed) to|happens (?:now|next)|must i|can i|can (?:the )?\w+ do|to do|ought)(?: do)?",
    r"who (?:do|should|must|shall) (?:i|we) (?:tell|report|speak|talk|go|contact|inform)(?: \w+)?", r"(?:do|should|must) (?:i|we) (?:have to |need to )?(?:tell|report|let (?:anyone|someone|the))",
    r"can (?:my |the )?union", r"not sure (?:who|what)", r"(?:i )?need (?:help|advice)", r"help\b", r"does (?:it|this) (?:need|have) to be reported", r"how (?:do|should) i (?:deal|handle|respond|report)",
    r"what is the (?:procedure|process)", r"report (?:it|this|them|him|her)",
)

_CONTACT = r"(?:messag|dm|d\.m|text|email|e-mail|mail|contact|call|phon|ring|rang|writ|wrote|snap|whatsapp|chat|talk|speak|spoke|ping|facetim|video call|voice ?not|WRITE|PLAT)"
_FRIENDING = r"(?:add(?:s|ed|ing)?|follow(?:s|ed|ing)?|be ?friend(?:s|ed|ing)?|friend(?:s|ed|ing)?|connect(?:s|ed|ing)?(?: with)?|request(?:s|ed|ing)?|invit(?:e|es|ed|ing)|link(?:s|ed|ing)? up(?: with)?|un ?friend(?:s|ed|ing)?|unfollow(?:s|ed|ing)?)"


@dataclass
class Frame:
    """What a question was found to say. `staff` tells that the asker is staff of no stated role."""

    facts: dict[str, FactValue] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    staff: bool = False
    happened: bool = False

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


_SELF_ROLE = re.compile(
    rf"(?:\bi am|\bas|\bbeing|speaking as|asking as|\bwe are|\bi was|\bi work as|\bi have (?:just )?(?:become|been)|my role is|my job is|\bi am employed as)(?: just| only| now| new here ,| new ,)?"
    rf" (?:a |an |the |one of (?:the |your |our )?|your |our |his |her |their |new |acting |local |retired |only )*(?P<role>{_ROLE}|PARENT|PKIN|PUPIL|COLLEAGUE|councillor)(?![\w'])"
)
_HERE_ROLE = re.compile(rf"(?:^|\. )(?:(?:a |just a |your )?(?P<role>{_ROLE}|PARENT|PKIN|PUPIL|COLLEAGUE))(?: of \w+(?: \w+)?)? (?:here|speaking|asking)\b")
_DO_ROLE = re.compile(
    r"\bi (?P<role>do the lunches|do the (?:it|ict|gardening|cleaning|catering) for|run the \w+(?: \w+)? club(?: for)?|work in the (?:school )?(?:office|kitchen)|volunteer|hear (?:children|PUPIL) read|"
    r"help (?:out )?(?:in|with|at) (?:class|reading|the|reception|year|school|PUPIL)|clean (?:the )?(?:school|classrooms))"
    r"|\bwe (?P<we>run the \w+(?: \w+)? club(?: for)?)|in (?:my|our) role as (?:a |an )?(?P<as>\w+)|me , (?:a |an )(?P<me>(?:local )?councillor|governor|volunteer|trustee)|(?P<with>(?:can|may|could|should|am|would) i , (?:as )?(?:a |an )\w+)"
)
_LEFT = _any(
    r"i (?:used to (?:work|teach)|(?:have )?(?:just |recently |now )?(?:left|retired|resigned|finished)|no longer (?:work|teach)|do not (?:work|teach) (?:there|here) (?:any ?more|now))(?! (?:my|the) (?:phone|bag|marking))(?: \w+){0,4}(?<!with us)",
    r"(?:since|now (?:that )?|after|when|once) i (?:have )?(?:left|leave|retired?|finish(?:ed)?)(?! (?:my|the|work|school at|at))(?: \w+)?",
    r"i worked (?:here|there|at \w+) (?:until|till|before|last|for)", r"my (?:last|old|former|previous) (?:job|post) (?:there|here|was at)", r"i am leaving (?:and|so)|now i have left|my time (?:here|there) ended",
    r"i (?:was|were) (?:a )?(?:teacher|ta|member of staff|caretaker|cook) (?:here|there|until|till)",
)
STAFF_CLUE = _any(
    r"my (?:own )?(?:class|pupils?|form|tutor group|students?|year \w+s?|reception|nursery|classroom|lessons?|line manager|head(?:teacher)?|ta|teaching assistant|job|school|work|colleagues?|staffroom|year partner|contract|timetable|boss|union|dinner duty)",
    r"(?:one|some|two|parent|parents|mum|dad|mother|father|those) of (?:mine|my (?:class|pupils|kids|lot|year \w+s?))", r"i teach", r"i work (?:at|in|for|here)", r"ppa", r"our (?:staff ?room|staff|pupils|children|year group|head|caretaker|ta|deputy|class)",
    r"at work", r"work time", r"members? of (?:our )?staff", r"as (?:a )?(?:member of staff|staff|an employee)", r"colleagues?", r"PUPIL i teach", r"school (?:laptop|computer|ipad|email|phone|account|camera)", r"my phone at (?:work|school)", r"new (?:starter|here)|starting (?:here|at the school)", r"SCHOOLMAIL", r"SCHOOLKIT", r"STAFFGROUP", r"HOURS", r"LESSON",
)
_GENERIC_STAFF = re.compile(
    r"(?:can|could|may|might|should|must|are|is|do|does|would|if|for|when) (?:(?:it|it be|be) (?:ok|okay|fine|alright|acceptable|a problem|wrong|allowed) (?:for|if) )?(?:a |an |all |any |our |the |other )*"
    r"(?:members? of staff|school staff|staff(?: members?)?|employees?|COLLEAGUE|adults|workers|people who work (?:here|at the school|in the school)|anyone who works (?:here|there|at the school)|those who work)(?: \w+)? (?:be |to |not |ever |also |still )*"
    r"(?:allowed|able|permitted|ok|okay|add|post|message|use|have|go|be|friend|share|put|take|follow|contact|connect|access|look|check|write|comment|accept|text|email|e-mail|ring|call|tell|say|give|edit|sign|search|publish|to|set|make|run|keep|bring|talk|chat|discuss|delete|ask|upload|mention|name|show|speak)"
)
_VERB = (
    r"(?:be |to |not |ever |also |still |just |all |please |really |actually |then |even )*(?:allowed|able|permitted|ok|okay|add\w*|post\w*|messag\w*|us(?:e|es|ing)|have|go(?:es|ing)?|be|friend\w*|shar(?:e|es|ing)|put(?:s|ting)?|tak(?:e|es|ing)|follow\w*|contact\w*|connect\w*|"
    r"access\w*|look\w*|check\w*|writ\w*|comment\w*|accept\w*|text\w*|e?-?mail\w*|ring\w*|call\w*|tell\w*|say\w*|giv(?:e|es|ing)|edit\w*|sign\w*|search\w*|publish\w*|set\w*|mak(?:e|es|ing)|run\w*|keep\w*|bring\w*|talk\w*|chat\w*|discuss\w*|delet\w*|ask\w*|upload\w*|"
    r"mention\w*|nam(?:e|es|ing)|show\w*|speak\w*|want(?:s|ed|ing)? to|join\w*|open\w*|regist\w*|creat\w*|start\w*|tweet\w*|circulat\w*|complain\w*|film\w*|record\w*|pretend\w*|rais(?:e|es|ing)|play\w*|stay\w*|contradict\w*|vet\w*|googl\w*|respond\w*|repl\w*|send\w*|leave|air\w*|advertis\w*|sell\w*|let\w*|see\w*|view\w*|brows\w*|scroll\w*|PLAT)"
)
_SUBJECT = re.compile(
    r"(?:^|\. |, |and |so |but |wondering |know |ask |asking )(?:(?:hi|hello|please|quick question|question|just|right|ok|so|also|and) ?,? ?)*"
    r"(?:can|could|may|might|should|must|are|is|do|does|would|will|if|whether|what if|when)(?: it| that| there)?(?: be)?(?: (?:ok|okay|fine|alright|all right|acceptable|a problem|wrong|allowed|against \w+ \w+|in order|right|appropriate|permissible|legal|any problem|an issue))?(?: with| for| if| that)?"
    rf" (?:a |an |the |our |any |all |my |some |another |other |one of (?:the |our )?|whole |your |supply )*(?P<who>{_ROLE}|PARENT|PKIN|PUPIL|OWNKID|OWNKIN|FORMER|schools?|grown man|adults?|grown up|councils?)(?: of (?:the|our) \w+| in \w+(?: \w+)?| here| too| also| as well)? {_VERB}(?![\w'])"
)
_SUBJECT_START = re.compile(
    rf"(?:^|\. )(?:(?:hi|hello|so|one of (?:the|our)|a|an|the|our|some|my|all|both|two|any|these|those) )*(?P<who>{_ROLE}|PARENT|PKIN|PUPIL|OWNKID|OWNKIN|schools?)"
    r" (?:(?:is|are|was|were|has|have) )?(?:(?:wants?|wanting|wanted|would like|is thinking of|are thinking of|is asking|are asking|is going|are going|asks?|plans?|planning|hopes?|keen|wishing|wishes|allowed|permitted|need|needs) (?:to |if |about )?"
    r"|(?=(?:posting|putting|sharing|taking|filming|using|going|messaging|adding|tweeting|publishing|uploading|signing|setting|making|commenting|complaining|joining|having|being allowed|on PLAT|accessing|checking|browsing|editing|giving|registering|following|connecting)(?![\w'])))(?P<rest>.*)"
)

_ROLE_OF_TAG = {"PARENT": "parent", "PKIN": "family", "PUPIL": "pupil", "OWNKID": "pupil", "OWNKIN": "family", "FORMER": "former_pupil"}


def role_of(words: str) -> str | None:
    """Return the role that a word or tag names."""
    if words in _ROLE_OF_TAG:
        return _ROLE_OF_TAG[words]
    if words.startswith(("school", "council")):
        return "school"
    return next(roles_in(words), None)
