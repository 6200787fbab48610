"""Models beside each other, a version beside a model, and what a review finds, as people read them."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from tests.cast import Cast, visits
from tests.records.policies.life import adopted
from tests.web.pages import read


def test_the_list_of_models_leads_to_their_comparison_and_their_reviews(visitor: Client) -> None:
    page = visitor.get("/").text
    assert 'href="/compare/"' in page
    assert 'href="/king-david/review/"' in page


def test_all_models_stand_beside_each_other_by_topic(visitor: Client) -> None:
    text = read(visitor, "/compare/")
    assert "Vetting – – – – Prohibited 1" in text
    assert "Topic ASSET Education Ewloe Green King David Primary School" in text


def test_two_models_are_compared_topic_by_topic_and_a_topic_shows_both_sides(visitor: Client) -> None:
    text = read(visitor, "/compare/?a=king-david&b=lancashire")
    assert "Neither is the stricter of the two in all that they say." in text
    assert "They answer differently in" in text
    assert "Not allowed LA-4.2" not in text
    text = read(visitor, "/compare/?a=king-david&b=lancashire&topic=vetting")
    assert "King David Primary School: Not covered" in text
    assert "Lancashire County Council: Not allowed LA-4.2" in text
    assert "Schools should not look at social networking sites to vet people who apply for posts" in text


def test_a_model_and_itself_are_the_same(visitor: Client) -> None:
    assert "This is proven, not sampled." in read(visitor, "/compare/?a=king-david&b=king-david")


@pytest.mark.parametrize("address", ["/compare/?a=nope&b=lancashire", "/compare/?a=king-david", "/compare/?topic=%00"])
def test_an_address_that_names_no_model_shows_all_of_them(visitor: Client, address: str) -> None:
    assert "All of them by topic" in read(visitor, address)


def test_the_review_of_a_model_says_what_is_wrong_and_on_what_source(visitor: Client) -> None:
    text = read(visitor, "/lancashire/review/")
    assert "tell them." in text and "Keeping children safe in education, since the edition of 2022" in text
    assert "What to do: Replace the ban by a fair search of those shortlisted" in text


@pytest.mark.django_db
def test_the_review_of_a_schools_own_policy_is_not_public(cast: Cast, visitor: Client) -> None:
    assert visitor.get("/oak-lane/review/").status_code == 404


@pytest.mark.django_db
def test_a_headteacher_compares_the_version_in_force_and_reads_its_review(cast: Cast) -> None:
    """The school's version is Lancashire's model with its blanks filled in, so its answers are the model's."""
    adopted(cast)
    headteacher = visits(cast.headteacher)
    overview = headteacher.get("/schools/oak-lane/policy/").text
    assert 'href="/schools/oak-lane/policy/1/compare/"' in overview
    assert 'href="/schools/oak-lane/policy/1/findings/"' in overview
    assert "This is proven, not sampled." in read(headteacher, "/schools/oak-lane/policy/1/compare/")
    other = read(headteacher, "/schools/oak-lane/policy/1/compare/?with=king-david&topic=vetting")
    assert "Version 1: Not allowed" in other and "King David Primary School: Not covered" in other
    found = read(headteacher, "/schools/oak-lane/policy/1/findings/")
    assert "Replace the ban by a fair search of those shortlisted" in found
    assert "has blanks" not in found


@pytest.mark.django_db
def test_a_review_is_shared_as_word_and_as_pdf(cast: Cast) -> None:
    adopted(cast)
    headteacher = visits(cast.headteacher)
    word = headteacher.get("/schools/oak-lane/policy/1/review.docx").content
    said = "\n".join(paragraph.text for paragraph in Document(BytesIO(word)).paragraphs)
    assert "Review of the policy" in said
    assert "Replace the ban by a fair search of those shortlisted" in said
    pdf = headteacher.get("/schools/oak-lane/policy/1/review.pdf").content
    assert "Schools in England should consider" in " ".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())
