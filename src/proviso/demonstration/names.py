"""Names for invented people: any likeness is chance."""

import random

GIVEN = (
    "Aled Amara Anika Bethan "
    "Callum Carys Dafydd Dilys Efan Elowen Esme Fatima Ffion Gethin Grace Hana Harri Imran Iona "
    "Jago Jasmin Kemi Kofi Leila Lowri Luca Mair Malik Mared Mina Nadia Nia Noor Olwen Owain Petra Priya Rhodri Rosa "
    "Rowan Sana Seren Sian Tariq Teilo Tilda Tomos Una Wren Yusuf Zara Zofia"
).split()
FAMILY = (
    "Alderbrook Ambleford Appleyard-Wynn Ashgrove Barleymow Beckhaven Birchfold Blackmere Bramwith Brookhallow Cadwyn "
    "Cefnbryn Clovermead Coldbeck Copsewood Dalebrook Derwenlas Elderthorpe Fairoak Fellgate Fernleigh Foxcombe "
    "Glanrhyd Greenhalgh-Moss Hartsease Hawthornby Hazelrigg Heatherlow Hollinbank Ivybridge Kestrelby Larchmoor "
    "Llwyncelyn Marshfold Meadowcroft-Hay Millrace Moorhen Nantglas Oakhollow Orchardson Pennantish Quickthorn "
    "Ravensmeade Reedmarsh Rushbeck Sallowfield Sedgemere Silverbirch Stonecrop Tamarack Thistleby Thornhollow "
    "Vale-Rowan Wayfarer Wellbourne Whinfield Willowdene Woodruffe Yarrowby"
).split()


def names(seed: str) -> "list[tuple[str, str]]":
    """Return given and family names, each pair once, in an order that the seed settles; some three thousand."""
    pairs = [(given, family) for given in GIVEN for family in FAMILY]
    random.Random(seed).shuffle(pairs)  # noqa: S311  # names, not secrets
    return pairs
