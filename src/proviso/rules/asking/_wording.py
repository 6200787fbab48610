"""How facts are put to people: a question, the values as choices, and what a flag says.

`gettext_noop` only marks a text for the message catalogues; the site translates it when it
shows it.
"""

from __future__ import annotations

from dataclasses import dataclass


def gettext_noop(text: str) -> str:
    """Mark a text for translation and return it as it is."""
    return text


_ = gettext_noop


@dataclass(frozen=True, slots=True)
class Wording:
    """A fact in words: the question that asks for it, and what it says when it is so, or is not.

    For a fact with values `choices` are its values in words; for a flag `so` completes
    *unless …* and `not_so` completes *so long as …*.
    """

    question: str
    choices: tuple[tuple[str, str], ...] = ()
    so: str = ""
    not_so: str = ""


def _flag(question: str, so: str, not_so: str) -> Wording:
    return Wording(question, so=so, not_so=not_so)


WORDING: dict[str, Wording] = {
    "who": Wording(
        _("Who is it about: who wants to do this, or was it done to?"),
        (
            ("teacher", _("a teacher")),
            ("support_staff", _("support staff (assistant, office, caretaker, lunchtime)")),
            ("headteacher", _("the headteacher or principal")),
            ("governor", _("a governor")),
            ("trustee", _("a trustee")),
            ("elected_member", _("a councillor acting in a school matter")),
            ("volunteer", _("a volunteer")),
            ("contractor", _("a contractor")),
            ("partner", _("a partner or other third party acting for the school")),
            ("former_employee", _("somebody who has left the school's service")),
            ("pupil", _("a pupil")),
            ("parent", _("a parent or carer")),
            ("family", _("another member of a pupil's family")),
            ("school", _("the school itself")),
        ),
    ),
    "act": Wording(
        _("What is it about?"),
        (
            ("connect", _("connecting: sending, accepting or keeping a friend, follow or contact link")),
            ("communicate", _("communicating: messaging, e-mailing, texting, calling or chatting")),
            ("receive", _("a message, comment or friend request that has come in")),
            ("view", _("looking at somebody's page")),
            ("ask_details", _("asking somebody for personal information")),
            ("give_details", _("giving your own address, number or other personal details")),
            ("give_login", _("letting somebody have a login or password")),
            ("post", _("posting text, a link or a comment")),
            ("post_picture", _("posting a photograph or video")),
            ("state_employer", _("showing your job or school on your own page")),
            ("register", _("opening an account on a platform")),
            ("browse", _("using social media without posting")),
            ("edit_encyclopaedia", _("changing an open online encyclopaedia")),
            ("open_channel", _("creating an official site, page, account or group")),
            ("vet_applicant", _("looking up somebody who has applied for a job")),
            ("take_picture", _("taking photographs or filming at work")),
            ("hold_material", _("having, opening or linking to unsuitable material")),
            ("expose_pupils", _("letting pupils see unsuitable images or links")),
            ("pose_as_child", _("an adult pretending to be a child online")),
            ("use_information", _("using or passing on information learned through the job")),
            ("suffer_abuse", _("being bullied, threatened or attacked online")),
            ("see_abuse", _("learning of abuse or unsuitable contact that concerns somebody else")),
            ("find_material", _("coming upon indecent or unsuitable material")),
            ("browse_web", _("using the internet, other than social media, for yourself")),
            ("link_pupils", _("setting up a way for pupils to communicate with one another")),
            ("delete_evidence", _("deleting messages or posts that show abuse")),
        ),
    ),
    "with": Wording(
        _("Who is the other person?"),
        (
            ("pupil", _("a pupil of this school")),
            ("pupil_elsewhere", _("a pupil of another school")),
            ("former_pupil", _("a former pupil")),
            ("pupil_of_former_school", _("a pupil of a school where you used to work")),
            ("parent", _("a pupil's parent or carer")),
            ("family", _("another member of a pupil's family")),
            ("colleague", _("a colleague")),
            ("applicant", _("somebody who has applied for a job")),
            ("public", _("nobody in particular, or somebody else")),
        ),
    ),
    "through": Wording(
        _("By what way?"),
        (
            ("personal_account", _("a personal account, page or group on a platform")),
            ("official_channel", _("an official account, page or site of the school")),
            ("agreed_channel", _("a secure, moderated channel that the school has agreed")),
            ("school_contact", _("school e-mail or the school telephone")),
            ("personal_contact", _("a personal e-mail address or telephone")),
            ("staff_group", _("a chat or group of colleagues")),
        ),
    ),
    "when": Wording(
        _("When?"),
        (
            ("lesson", _("in lesson time")),
            ("working_hours", _("in working hours, outside lessons")),
            ("break", _("in a break inside the school day")),
            ("own_time", _("outside working hours")),
        ),
    ),
    "who_under_13": _flag(
        _("Is the person who acts under 13?"),
        _("the person who acts is under 13"),
        _("the person who acts is 13 or older"),
    ),
    "with_under_18": _flag(
        _("Is the other person under 18?"), _("the other person is under 18"), _("the other person is 18 or older")
    ),
    "own_family": _flag(
        _("Is the other person your own family?"),
        _("the other person is your own family"),
        _("the other person is not your own family"),
    ),
    "friend_before": _flag(
        _("Did the tie exist before the school came into it (before your job, before the child joined)?"),
        _("the tie existed before the school came into it"),
        _("the tie did not exist before"),
    ),
    "relatives_at_school": _flag(
        _("Does a brother, sister or other relative of the other person still attend the school?"),
        _("a relative of the other person still attends the school"),
        _("no relative still attends the school"),
    ),
    "declared": _flag(
        _("Has the tie been declared to the headteacher?"),
        _("the tie has been declared to the headteacher"),
        _("the tie has not been declared"),
    ),
    "conflict_of_interest": _flag(
        _("Could it set your interests against the school's, or put your objectivity in doubt?"),
        _("it may set your interests against the school's or put your objectivity in doubt"),
        _("there is no conflict of interest"),
    ),
    "work_purpose": _flag(
        _("Is it within the purposes of your work?"),
        _("it is within the purposes of your work"),
        _("it is not for work"),
    ),
    "agreed_protocol": _flag(
        _("Is it within a way of communicating that the school has agreed?"),
        _("it is within a way of communicating that the school has agreed"),
        _("the school has not agreed to this way"),
    ),
    "at_school": _flag(
        _("Is it on the school site or at a school event?"),
        _("it is on the school site or at a school event"),
        _("it is not on the school site nor at a school event"),
    ),
    "school_equipment": _flag(
        _("Is it on a school device or the school's network?"),
        _("it is on a school device or the school's network"),
        _("no school device or network is used"),
    ),
    "work_email": _flag(
        _("Is a school or council e-mail address used?"),
        _("a school or council e-mail address is used"),
        _("no school or council e-mail address is used"),
    ),
    "official_details": _flag(
        _("Is another official contact detail used, such as the school's telephone number?"),
        _("another official contact detail is used"),
        _("no official contact detail is used"),
    ),
    "device_allowed": _flag(
        _("Does the acceptable-use policy allow this use of a personal device?"),
        _("the acceptable-use policy allows this use of a personal device"),
        _("the acceptable-use policy does not allow it"),
    ),
    "teacher_directed": _flag(
        _("Does a teacher direct it for a clear educational purpose?"),
        _("a teacher directs it for a clear educational purpose"),
        _("no teacher directs it"),
    ),
    "mentions_pupil": _flag(
        _("Does it refer to a pupil?"), _("it refers to a pupil"), _("it does not refer to a pupil")
    ),
    "mentions_family": _flag(
        _("Does it refer to a parent or a pupil's family?"),
        _("it refers to a parent or family"),
        _("it does not refer to a parent or family"),
    ),
    "mentions_colleague": _flag(
        _("Does it refer to a colleague, a governor or another professional met at work?"),
        _("it refers to a colleague or other professional"),
        _("it does not refer to a colleague or other professional"),
    ),
    "mentions_school": _flag(
        _("Does it refer to the school, trust or council?"),
        _("it refers to the school, trust or council"),
        _("it does not refer to the school, trust or council"),
    ),
    "shows_pupil": _flag(
        _("Does the picture show a pupil who is not your own child?"),
        _("the picture shows a pupil who is not your own child"),
        _("the picture shows no pupil but your own child"),
    ),
    "shows_own_child": _flag(
        _("Does the picture show your own child?"),
        _("the picture shows your own child"),
        _("the picture does not show your own child"),
    ),
    "shows_staff": _flag(
        _("Does the picture show another member of staff?"),
        _("the picture shows another member of staff"),
        _("the picture shows no other member of staff"),
    ),
    "shows_school": _flag(
        _("Does the picture identify the setting or a school activity?"),
        _("the picture identifies the setting or a school activity"),
        _("the picture identifies neither the setting nor a school activity"),
    ),
    "shows_uniform": _flag(
        _("Does the picture show a school or council uniform or logo?"),
        _("the picture shows a uniform or logo"),
        _("the picture shows no uniform or logo"),
    ),
    "shows_premises": _flag(
        _("Does the picture identify sensitive premises?"),
        _("the picture identifies sensitive premises"),
        _("the picture identifies no sensitive premises"),
    ),
    "uses_logo": _flag(
        _("Does it use the school's logo or brand?"),
        _("it uses the school's logo or brand"),
        _("it does not use the school's logo or brand"),
    ),
    "identifies_person": _flag(
        _("Is somebody named, or can somebody be identified?"),
        _("somebody is named or can be identified"),
        _("nobody is named or can be identified"),
    ),
    "consent": _flag(
        _("Has everyone named or shown given explicit permission?"),
        _("everyone named or shown has given explicit permission"),
        _("not everyone has given permission"),
    ),
    "confidential": _flag(
        _("Is anything in it confidential or sensitive?"),
        _("something in it is confidential or sensitive"),
        _("nothing in it is confidential or sensitive"),
    ),
    "from_work": _flag(
        _("Is it information held because of the job?"),
        _("it is information held because of the job"),
        _("it is not information held because of the job"),
    ),
    "derogatory": _flag(
        _("Is it derogatory, offensive, insulting or abusive?"),
        _("it is derogatory, offensive, insulting or abusive"),
        _("it is not derogatory, offensive, insulting or abusive"),
    ),
    "harassing": _flag(
        _("Is it malicious, threatening or harassing?"),
        _("it is malicious, threatening or harassing"),
        _("it is not malicious, threatening or harassing"),
    ),
    "defamatory": _flag(
        _("Does it make an allegation, or could it harm somebody's reputation?"),
        _("it makes an allegation or could harm somebody's reputation"),
        _("it makes no allegation and harms nobody's reputation"),
    ),
    "discriminatory": _flag(_("Is it discriminatory?"), _("it is discriminatory"), _("it is not discriminatory")),
    "infringes_rights": _flag(
        _("Does it breach copyright or data protection?"),
        _("it breaches copyright or data protection"),
        _("it breaches no copyright or data protection"),
    ),
    "disreputable": _flag(
        _("Could it bring the school into disrepute or reflect badly on your professionalism?"),
        _("it may bring the school into disrepute or reflect badly on your professionalism"),
        _("it does not bring the school into disrepute or reflect badly on your professionalism"),
    ),
    "complaint": _flag(
        _("Does it air a complaint, a concern or a grievance?"),
        _("it airs a complaint, a concern or a grievance"),
        _("it airs no complaint, concern or grievance"),
    ),
    "speaks_as_school": _flag(
        _("Does it present your own view as the school's?"),
        _("it presents your own view as the school's"),
        _("it does not present your own view as the school's"),
    ),
    "inaccurate": _flag(
        _("Is it inaccurate, unfair, or not open about who speaks?"),
        _("it is inaccurate, unfair or not open about who speaks"),
        _("it is accurate, fair and open about who speaks"),
    ),
    "indecent": _flag(
        _("Are there indecent images of children in it?"),
        _("there are indecent images of children in it"),
        _("there are no indecent images of children in it"),
    ),
    "adult_material": _flag(
        _("Is it adult pornography?"), _("it is adult pornography"), _("it is not adult pornography")
    ),
    "unsuitable": _flag(
        _("Is it otherwise unsuitable?"), _("it is otherwise unsuitable"), _("it is not otherwise unsuitable")
    ),
    "business_reason": _flag(
        _("Is there a strong educational or business reason?"),
        _("there is a strong educational or business reason"),
        _("there is no strong educational or business reason"),
    ),
    "trivial": _flag(
        _("Is the reason a trivial one that could expose the school?"),
        _("the reason is a trivial one that could expose the school"),
        _("the reason is not trivial"),
    ),
    "requirements_met": _flag(
        _("Are the school's requirements for official sites met?"),
        _("the school's requirements for official sites are met"),
        _("the school's requirements are not met"),
    ),
    "provider_terms_met": _flag(
        _("Are the provider's terms met, minimum age above all?"),
        _("the provider's terms are met, minimum age above all"),
        _("the provider's terms are not met"),
    ),
    "alternative_offered": _flag(
        _("Does the same information also go out by another means?"),
        _("the same information also goes out by another means"),
        _("the information goes out by no other means"),
    ),
    "personal_gain": _flag(
        _("Does the information serve anyone's private gain?"),
        _("the information serves private gain"),
        _("the information serves nobody's private gain"),
    ),
    "personal_information": _flag(
        _("Is it personal information about somebody?"),
        _("it is personal information about somebody"),
        _("it is not personal information about anybody"),
    ),
    "fitness_in_doubt": _flag(
        _("Could it make a reasonable person question your motive, or your fitness to work with children?"),
        _("it could make a reasonable person question your motive or fitness to work with children"),
        _("no reasonable person would question your motive or fitness to work with children"),
    ),
    "parental_complaint": _flag(
        _("Is it likely to lead to a justified complaint from a parent?"),
        _("it is likely to lead to a justified complaint from a parent"),
        _("it gives no parent cause to complain"),
    ),
    "hidden": _flag(
        _("Is it hidden from the school, or not common knowledge there?"),
        _("it is hidden from the school or not common knowledge there"),
        _("it is common knowledge at the school"),
    ),
    "grooming_like": _flag(
        _("Could it be read as grooming, or your motive be misread?"),
        _("it could be read as grooming, or your motive be misread"),
        _("it could not be read as grooming"),
    ),
    "outside_tie": _flag(
        _("Does the tie come from a shared social circle, an outside interest or your own family's contacts?"),
        _("the tie comes from a shared social circle, an outside interest or your own family"),
        _("the tie does not come from outside school"),
    ),
    "bears_on_post": _flag(
        _("May the tie have implications for your position at the school?"),
        _("the tie may have implications for your position at the school"),
        _("the tie has no implications for your position"),
    ),
    "shows_family": _flag(
        _("Does the picture show a parent or other family member of a pupil?"),
        _("the picture shows a parent or other family member of a pupil"),
        _("the picture shows no parent or family member of a pupil"),
    ),
    "unlawful": _flag(
        _("Is it against the law in another way?"), _("it is against the law"), _("it is not against the law")
    ),
    "against_standards": _flag(
        _("Is it at odds with the national standards for teachers?"),
        _("it is at odds with the national standards for teachers"),
        _("it is in keeping with the national standards for teachers"),
    ),
    "friend_request": _flag(
        _("Is what has come in a request to connect?"),
        _("what has come in is a request to connect"),
        _("what has come in is not a request to connect"),
    ),
    "outside_site": _flag(
        _("Is the site run by somebody outside the school?"),
        _("the site is run by somebody outside the school"),
        _("the site is not run by outsiders"),
    ),
}

OUTCOMES: dict[str, str] = {
    "prohibited": _("No. The policy prohibits it."),
    "discouraged": _("Better not. The policy strongly advises against it."),
    "caution": _("Take great care. The policy warns about it."),
    "permitted": _("Yes. The policy permits it."),
    "required": _("There is something that must be done."),
    "undecided": _("It depends on what is not known yet."),
    "not_covered": _("The policy does not speak of this."),
    "information": _("This is what the policy says about it."),
}


def choices(fact: str) -> tuple[tuple[str, str], ...]:
    """Return the answers to a fact: its values in words, or yes and no for a flag."""
    return WORDING[fact].choices or (("yes", _("Yes")), ("no", _("No")))
