"""The invented trust, authority and schools, and which policy each of them has."""

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True)
class Place:
    """A school, trust or authority of the demonstration.

    `ago` is how long its policy has been in force, `review_in` when the review is due (negative: past),
    `sign_by` how long after the adoption signatures were due, and `signed` the share of signatures given.
    `colour` and `charge` make its crest; without them it has none.
    No post goes to any of the postcodes.
    """

    slug: str
    name: str
    kind: str
    nation: str
    model: str
    parent: str = ""
    language: str = "en-gb"
    ago: timedelta = timedelta(days=90)
    review_in: timedelta = timedelta(days=275)
    sign_by: timedelta = timedelta(days=28)
    signed: float = 0.8
    off: dict[str, str] = field(default_factory=dict)
    people: int = 60
    colour: str = ""
    charge: str = ""
    town: str = ""
    postcode: str = ""


PLACES = (
    Place(
        "meadowlark-trust",
        "Meadowlark Learning Trust",
        "trust",
        "England",
        "asset-education",
        ago=timedelta(days=200),
        review_in=timedelta(days=165),
        people=14,
        signed=1.0,
        colour="#1b5e3a",
        charge="lark",
        town="Larkbridge",
        postcode="ZZ1 1AA",
    ),
    Place(
        "westmoor-council",
        "Westmoor County Council",
        "authority",
        "England",
        "lancashire",
        ago=timedelta(days=150),
        people=12,
        signed=0.9,
        colour="#5b2c6f",
        town="Westmoor",
        postcode="ZZ7 1AA",
    ),
    Place(
        "larkrise",
        "Larkrise Academy",
        "school",
        "England",
        "asset-education",
        parent="meadowlark-trust",
        ago=timedelta(days=120),
        people=96,
        colour="#b34700",
        charge="lark",
        town="Larkbridge",
        postcode="ZZ1 4BD",
    ),
    Place(
        "copper-street",
        "Copper Street Primary School",
        "school",
        "England",
        "king-david",
        parent="meadowlark-trust",
        ago=timedelta(days=760),
        review_in=timedelta(days=-30),
        signed=0.95,
        people=72,
        colour="#9c4221",
        town="Tinwell",
        postcode="ZZ2 2CS",
    ),
    Place(
        "brackenfield",
        "Brackenfield Primary School",
        "school",
        "England",
        "lancashire",
        parent="westmoor-council",
        ago=timedelta(days=10),
        signed=0.35,
        off={"LA-5.8": "Our parents’ agreement covers what is shared online."},
        people=64,
        colour="#22577a",
        charge="waves",
        town="Fernley",
        postcode="ZZ7 5BP",
    ),
    Place(
        "hartwell",
        "Hartwell Community School",
        "school",
        "England",
        "knowsley-central",
        parent="westmoor-council",
        ago=timedelta(days=300),
        review_in=timedelta(days=60),
        signed=0.7,
        people=110,
        colour="#7a1f3d",
        charge="oak",
        town="Westmoor",
        postcode="ZZ7 2HC",
    ),
    Place(
        "glan-y-nant",
        "Ysgol Glan-y-Nant",
        "school",
        "Wales",
        "ewloe-green",
        language="cy",
        ago=timedelta(days=45),
        signed=0.6,
        people=68,
        colour="#00594c",
        charge="waves",
        town="Aberllwyn",
        postcode="ZZ9 3YG",
    ),
)
