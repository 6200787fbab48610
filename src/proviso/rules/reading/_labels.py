"""Printed numbers and bullets: what stands before the words of a list item, and how deep it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BULLETS = "•▪●○◦‣⁃∙·►➢➤❖◆◼✓✔✗✘♣■□§→◾⚫⬤🞄"
_BULLET = re.compile(rf"(?:[{_BULLETS}\uf000-\uf0ff]\s*|[-–—*+]\s+|o\s+(?=[A-Za-z]))(?=\S)")
_DECIMAL = re.compile(r"(\(?\d{1,2}(?:\.\d{1,2}){0,4}\.?(?:\s?\(?[a-z]\)|[a-z](?![a-z]))?[.):]?)\s+(?=\S)")
_LETTER = re.compile(r"(\((?:[a-z]{1,2}|[ivxl]{1,6}|[A-Z])\)|(?:[a-z]|[ivxl]{1,6}|[A-Z]|[IVX]{1,5})[.)])\s+(?=\S)")
_CODE = re.compile(r"([A-Z]{1,3}\d{1,3}(?:\.\d{1,2}){0,3}[.):]?)\s+(?=\S)")
_NAMED = re.compile(
    r"((?:section|part|appendix|annex|article|rule)\s+(?:\d{1,2}|[A-Z]|[IVX]{1,4}))\s*[:.–—-]\s*(?=\S)", re.I
)
_ROMAN = re.compile(r"[ivxl]+")


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a label: `decimal` (with how many parts), `letter`, `roman`, `capital`, `bullet`, `named` or none."""

    name: str
    depth: int = 0


def split_label(text: str) -> tuple[str, str]:
    """Return the label at the start of a text, `•` for every bullet, and the words after it."""
    match = _NAMED.match(text)
    if match:
        return match.group(1), text[match.end() :]
    match = _BULLET.match(text)
    if match:
        inner, rest = split_label(text[match.end() :])
        return (inner, rest) if inner and inner != "•" else ("•", rest if inner else text[match.end() :])
    match = _CODE.match(text)
    if match and not re.match(r"[KRBAM]\d{1,3}\b(?!\.)", match.group(1)):
        return _trimmed(match.group(1)), text[match.end() :]
    match = _DECIMAL.match(text)
    if match and _is_number(match.group(1), text[match.end() :]):
        return _trimmed(match.group(1)), text[match.end() :]
    match = _LETTER.match(text)
    if match and not re.match(r"[A-Z]\.\s+[A-Z][a-z]+\b", text):
        return _trimmed(match.group(1)), text[match.end() :]
    return "", text


def starts_with_label(text: str) -> bool:
    """Whether a printed line begins with a number or bullet."""
    return bool(split_label(text)[0])


def _is_number(label: str, rest: str) -> bool:
    """Whether digits at the start count a section or item: not a year, an age, a day or an amount."""
    if re.fullmatch(r"\(?\d{1,2}", label):  # without a point: only before a heading
        return rest[0].isupper() and not re.match(
            r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Years?|Days?)\b",
            rest,
        )
    if re.fullmatch(r"\d{1,2}\.\d{2}", label) and re.match(r"(?:[ap]\.?m\b|%|million)", rest):
        return False
    return not re.fullmatch(r"\d{1,2}[a-z]", label)


def _trimmed(label: str) -> str:
    label = label.strip().rstrip(".:")
    if label.startswith("(") != label.endswith(")") and label[:1].isdigit() and "(" not in label:
        return label.strip(")")
    return label


def kind_of(label: str, before: str = "") -> Kind:
    """Return the kind of a label; the label `before` it in its list tells (i) after (h) from (i) alone."""
    bare = label.strip("().").lower()
    if not label or label == "•":
        return Kind("bullet" if label else "")
    if bare[:1].isdigit():
        return Kind("decimal", len(re.findall(r"\d+", bare)) + bool(re.search(r"[a-z]", bare)))
    if re.fullmatch(r"[a-z]{1,3}\d{1,3}(?:\.\d{1,2})*", bare):
        return Kind("decimal", 2 + bare.count("."))
    if " " in bare:
        return Kind("named")
    previous = before.strip("().").lower()
    if _ROMAN.fullmatch(bare) and not (
        len(bare) == 1 and len(previous) == 1 and ord(previous) == ord(bare) - 1 and previous not in ("", "u")
    ):
        return Kind("roman" if label.strip("().").islower() else "capital-roman")
    return Kind("letter" if label.strip("().").islower() else "capital")
