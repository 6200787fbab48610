"""A question into facts: who asks, what is done, with whom, by what way, when, and which flags."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from proviso.rules.asking._acts import mentioned_in, reading_of, times_in, ways_in
from proviso.rules.asking._clean import LONGEST, clean
from proviso.rules.asking._model import likely
from proviso.rules.asking._sentence import Sentence, features
from proviso.rules.language import OTHERS, Frame, Lexicon, asker, opened
from proviso.rules.rulebook import vocabulary

NO_ACT = ("information", "none")
_ASKED = re.compile(r"\b(?:can|may|could|should|shall|might|ok|okay|alright|allowed|permitted) (?:i|we|to|if)\b")
_PERSON = "(PARENT|PKIN|PUPIL|COLLEAGUE|OWNKIN|OWNKID)"
_TELLS = "(?:says?|said|told|has told|tells|telling|showed|has shown|mentioned|has reported|reported|thinks|let slip)"
_REPORTED = re.compile(rf"(?:^|\. )(?:\w+ )?{_PERSON}(?= (?:\w+ )?(?:{_TELLS}|has sent me|has mentioned|asked me))")
_STILL_HERE = re.compile(r"still (?:with us|here|at (?:the |our |this )?school|in my class|a pupil)")
_SLAGGING = "".join(f"(?<!{verb} )" for verb in ("slagging", "slag", "slags", "slagged", "ripping", "rip"))
_BY = re.compile(
    rf"(?:by|from|{_SLAGGING}off)"
    r"(?: (?:a|an|the|some|one of|two|three|four|several|loads of|lots of|group of|few|couple of|lads?"
    r"|another|his|her|their|my|our|bunch|gang|this)){0,6}"
    r" (PARENT|PKIN|PUPIL|COLLEAGUE|FORMER|PUPILELSE)"
)
_WITH_COLLEAGUE = re.compile(r"(?:with|to|add|message|friend|accept) (?:\w+ )?COLLEAGUE")
_KIN_WITH_CHILD = re.compile(r"OWNKIN(?: \w+){0,6} (?:has|have|with|whose|kids?|child|children|parent|mum|dad)")
_DOER = re.compile(r"\b(PARENT|PKIN|PUPIL|COLLEAGUE|FORMER|PUPILELSE)\b")
_PASSIVE = re.compile(
    rf"\b{_PERSON}(?= (?:\w+ ){{0,2}}(?:being|getting|gets|got|been) (?:\w+(?:ed|en)|sent|told|hit)\b)"
)
# Who may be harmed, by the tags and words of a sentence, and by what somebody is who asks for themselves.
_VICTIM = re.compile(r"\b(PARENT|PKIN|PUPIL|OWNKID|PUPILELSE|COLLEAGUE|child|children|daughter|son|kids?|school)\b")
_CHILD = re.compile(r"\b(?:girl|boy|lad|child|children|pupil)s?\b")
_HARMED = {"PARENT": "parent", "PKIN": "parent", "COLLEAGUE": "colleague", "school": "school"}
_ASKER_HARMED = {"pupil": "pupil", "parent": "parent", "family": "parent"}


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question understood: its frame, its sentence, and the likely acts with their probabilities."""

    frame: Frame
    sentence: Sentence
    likely: tuple[tuple[str, float], ...]


def sentence_of(question: str, lexicon: Lexicon) -> Sentence:
    """Return a question opened up, mended and tagged, with whoever acts taken out of it."""
    rest, third = asker(Frame(), lexicon.speller.mend(opened(clean(question), LONGEST)), None)
    return Sentence(rest, lexicon.tag(rest), third)


def understand(
    text: str, lexicon: Lexicon, facts: Callable[[str], Collection[str]], as_role: str | None
) -> Understanding:
    """Return what a question in opened and mended form says, read by its likeliest act.

    `facts` gives the facts that matter with an act: flags are looked for among them only,
    and nothing else is supposed.
    """
    sentence = Sentence(*_without_asker(text, lexicon, as_role))
    possible = [likely_act for likely_act in likely(features(sentence)) if _can_be(sentence, likely_act[0])]
    total = sum(share for _, share in possible)
    acts = tuple((act, share / total) for act, share in possible)
    act = next(act for act, _ in acts if act not in NO_ACT)
    if act in ("post", "post_picture", "communicate", "connect") and sentence.done_to_asker:
        act = "suffer_abuse" if sentence.harmful else "receive"
        acts = ((act, 1.0), *acts)
    return Understanding(frame_for(act, text, lexicon, facts(act), as_role), sentence, acts)


def frame_for(act: str, text: str, lexicon: Lexicon, facts: Collection[str], as_role: str | None) -> Frame:
    """Return what a question says if it is about an act; `facts` are those that matter with it."""
    frame = Frame()
    rest, third = asker(frame, text, as_role)
    sentence = Sentence(rest, lexicon.tag(rest), third)
    frame.take("act", act)
    _others(frame, sentence, act)
    _way(frame, sentence.tagged, act)
    _time(frame, sentence.tagged, act)
    _flags(frame, text, sentence.tagged, act, lexicon.flags_in(text, sentence.tagged, facts))
    for name in frame.taken.difference(facts):
        del frame.facts[name]
    frame.taken &= set(facts)
    return frame


def _without_asker(text: str, lexicon: Lexicon, as_role: str | None) -> tuple[str, str, bool]:
    rest, third = asker(Frame(), text, as_role)
    return rest, lexicon.tag(rest), third


def _has_trait(act: str, trait: str) -> bool:
    return act in vocabulary().values_with("act", trait)


def _can_be(sentence: Sentence, act: str) -> bool:
    """Whether the words without which there is no such act are there."""
    needs = () if act in NO_ACT else reading_of(act).needs
    return not needs or sentence.speaks_of(*needs)


def _others(frame: Frame, sentence: Sentence, act: str) -> None:
    """Take the other person, or in abuse the one who does it."""
    if _has_trait(act, "abuse"):
        doer = _doer(sentence)
        if doer:
            frame.take("with", [OTHERS[doer]])
        harmed = _harmed(frame, sentence, act, doer)
        if harmed:
            frame.take("harmed", harmed)
        if act == "see_abuse" and re.search(r"\b(?:PUPIL|OWNKID|child|daughter|son|kid)\b", sentence.tagged):
            frame.take("mentions_pupil", True)
    elif act == "vet_applicant":
        frame.take("with", ["applicant"])
    elif reading_of(act).has_person:
        people = _people_in(sentence.tagged, act, left=frame.facts.get("who") == ["former_employee"])
        if people:
            frame.take("with", people)
        elif act == "give_details" and re.search(r"PLAT|OWNPAGE|online|page|profile", sentence.tagged):
            frame.take("with", ["public"], supposed=True)


def _people_in(tagged: str, act: str, *, left: bool) -> list[str]:
    """Return the people that tags name; `left` tells that the asker has left the school, its pupils have not."""
    people = [value for tag, value in OTHERS.items() if re.search(rf"\b{tag}\b", tagged)]
    if "former_pupil" in people and (left or _STILL_HERE.search(tagged)):
        people = ["pupil" if value == "former_pupil" else value for value in people]
    people = list(dict.fromkeys(people))
    if "pupil" in people and not {"former_pupil", "pupil_elsewhere", "pupil_of_former_school"}.isdisjoint(people):
        people.remove("pupil")
    both = re.search(r"PUPIL (?:and|or|nor|,) (?:\w+ ){0,2}(?:PARENT|PKIN)|(?:and|or|nor) (?:\w+ )?PUPIL", tagged)
    if "parent" in people and "pupil" in people and not both:
        pupil_first = act == "receive" and tagged.find("PARENT") > tagged.find("PUPIL")
        people.remove("parent" if pupil_first else "pupil")
    if "colleague" in people and len(people) > 1 and not _WITH_COLLEAGUE.search(tagged):
        people.remove("colleague")
    if not people and "OWNKIN" in tagged and _has_trait(act, "tie"):
        return ["parent"] if _KIN_WITH_CHILD.search(tagged) else ["family"]
    return people


def _doer(sentence: Sentence) -> str | None:
    """Return the tag of whoever does the harm: named by *by*, or the nearest person before the words of harm."""
    by = _BY.search(sentence.tagged)
    if by:
        return by.group(1)
    active = replace(sentence, tagged=_PASSIVE.sub(lambda match: match.group().lower(), sentence.tagged))
    before = _REPORTED.sub(" ", active.before_harm())
    parts = [part for part in re.split(r"[,.]", before) if _DOER.search(part)]
    match = _DOER.search(parts[-1]) if parts else None
    return match.group(1) if match else None


def _harmed(frame: Frame, sentence: Sentence, act: str, doer: str | None) -> list[str]:
    """Return who is harmed: whoever asks, or of those named, whoever neither does it nor only tells of it."""
    if act == "suffer_abuse":
        roles = frame.facts.get("who")
        return [_ASKER_HARMED.get(role, "colleague") for role in roles] if isinstance(roles, list) else []
    named = _VICTIM.findall(_REPORTED.sub(" ", sentence.tagged))
    if doer in named:
        named.remove(doer)
    people = [tag for tag in named if tag != "school"]
    harmed = [_HARMED.get(tag, "pupil") for tag in people or named]
    if OTHERS.get(doer or "") != "pupil" and _CHILD.search(sentence.text):
        harmed.append("pupil")
    return list(dict.fromkeys(harmed))


def _way(frame: Frame, tagged: str, act: str) -> None:
    asked = tagged[max((match.end() for match in _ASKED.finditer(tagged)), default=0) :]
    ways = ways_in(asked) or ways_in(tagged)
    reading = reading_of(act)
    if reading.ways is not None:
        ways = [way for way in ways if way in reading.ways]
    if ways:
        frame.take("through", ways[0])
    elif "through" in reading.supposed:
        frame.take("through", reading.supposed["through"], supposed=True)
    elif act == "give_details" and "public" in str(frame.facts.get("with")):
        frame.take("through", "personal_account", supposed=True)


def _time(frame: Frame, tagged: str, act: str) -> None:
    times = times_in(tagged)
    if times:
        frame.take("when", times[0])
    elif "when" in reading_of(act).supposed:
        frame.take("when", reading_of(act).supposed["when"], supposed=True)


def _flags(frame: Frame, text: str, tagged: str, act: str, flags: dict[str, bool]) -> None:
    for name, value in flags.items():
        frame.take(name, value)
    if _has_trait(act, "abuse") and not re.search(r"\bOFFICIAL\b", tagged):
        frame.take("outside_site", True, supposed=True)
    if act == "give_details":
        frame.facts["personal_information"] = True
    if act == "post_picture":
        _picture(frame, tagged)
    if act == "post":
        for flag in mentioned_in(tagged):
            frame.take(flag, True, supposed=True)
    if "own_family" in frame.facts and not _has_trait(act, "tie"):
        frame.facts.pop("own_family")


def _picture(frame: Frame, tagged: str) -> None:
    """Suppose what a picture shows from whom and what its question names."""
    own = "OWNKID" in tagged
    others = re.search(r"\b(?:PUPIL|FORMER)\b|\bother", tagged)
    if own:
        frame.take("shows_own_child", True, supposed=True)
    if "ATSCHOOL" in tagged:
        frame.take("at_school", True, supposed=True)
        frame.take("shows_school", True, supposed=True)
    if others or ("ATSCHOOL" in tagged and not own and frame.facts.get("who") in (["parent"], ["family"])):
        frame.take("shows_pupil", True, supposed=True)
    elif own:
        frame.facts["shows_pupil"] = False
    if re.search(r"\bCOLLEAGUE\b", tagged):
        frame.take("shows_staff", True, supposed=True)
