"""What offices call roles, without spaces and capitals."""

from proviso.records.people.models import Role

Kind = Role.Kind
_WORDS: dict[Role.Kind, tuple[str, ...]] = {
    Kind.HEADTEACHER: ("headteacher", "head", "principal", "headmaster", "headmistress", "executivehead"),
    Kind.DEPUTY_HEAD: (
        "deputyheadteacher",
        "deputyhead",
        "deputy",
        "assistanthead",
        "viceprincipal",
        "assistantheadteacher",
    ),
    Kind.TEACHER: (
        "teacher",
        "classteacher",
        "supplyteacher",
        "headofdepartment",
        "headofyear",
        "senco",
        "alnco",
    ),
    Kind.SUPPORT_STAFF: (
        "supportstaff",
        "support",
        "teachingassistant",
        "ta",
        "hlta",
        "caretaker",
        "cook",
        "midday",
        "middaysupervisor",
        "officeadministrator",
        "schooladministrator",
        "administrativeassistant",
        "adminassistant",
        "office",
        "secretary",
        "businessmanager",
        "schoolbusinessmanager",
        "technician",
        "librarian",
        "coversupervisor",
        "learningsupport",
    ),
    Kind.GOVERNOR: ("governor", "schoolgovernor", "parentgovernor", "staffgovernor"),
    Kind.CHAIR: ("chair", "chairofgovernors", "chairoftrustees"),
    Kind.CLERK: ("clerk", "clerktothegovernors", "clerktogovernors", "governanceprofessional"),
    Kind.TRUSTEE: ("trustee",),
    Kind.LINE_MANAGER: ("linemanager",),
    Kind.VOLUNTEER: ("volunteer",),
    Kind.CONTRACTOR: ("contractor", "supply", "agency"),
    Kind.DPO: ("dpo", "dataprotectionofficer"),
    Kind.IT_LEAD: ("itlead", "ictlead", "networkmanager", "itmanager"),
    Kind.PUPIL: ("pupil", "student", "learner"),
    Kind.PARENT: ("parent", "carer", "parentorcarer", "guardian"),
}
ROLES: dict[str, str] = {word: kind.value for kind, words in _WORDS.items() for word in words}
# These open other people's records, so a file does not give them: a person does, by hand, and it is logged as theirs.
BY_HAND = frozenset(
    (
        "dsl",
        "dsp",
        "designatedsafeguardinglead",
        "designatedsafeguardingperson",
        "deputydsl",
        "deputydsp",
        "deputydesignatedsafeguardinglead",
        "deputydesignatedsafeguardingperson",
        "administrator",
        "executive",
    )
)
