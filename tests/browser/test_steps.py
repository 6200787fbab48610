"""Step by step, with back and change."""

from playwright.sync_api import Page, expect


def choose(page: Page, answer: str) -> None:
    page.get_by_label(answer, exact=True).check()
    page.get_by_role("button", name="Continue").click()


def to_the_check(page: Page) -> None:
    page.goto("/king-david/")
    page.get_by_role("link", name="Answer a few questions, step by step").click()
    choose(page, "A teacher")
    choose(page, "Connecting: sending, accepting or keeping a friend, follow or contact link")
    choose(page, "A pupil of this school")
    choose(page, "A personal account, page or group on a platform")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def test_given_each_question_answered_then_the_answers_are_checked_and_ruled_on(screen: Page) -> None:
    to_the_check(screen)
    screen.get_by_role("button", name="See the answer").click()
    expect(screen.get_by_role("heading", level=1)).to_contain_text("No. A teacher may not connect with a pupil")
    expect(screen.get_by_role("article").first).to_contain_text("KD-S.d1")


def test_given_no_scripts_then_every_step_works(plain: Page) -> None:
    to_the_check(plain)
    plain.get_by_role("button", name="See the answer").click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text("No. A teacher may not connect with a pupil")


def test_given_a_wrong_turn_when_going_back_then_the_answer_is_kept_and_can_be_changed(phone: Page) -> None:
    phone.goto("/king-david/steps/?who=teacher&act=connect")
    phone.get_by_role("link", name="Back").click()
    expect(phone.get_by_label("Connecting: sending, accepting")).to_be_checked()
    choose(phone, "Posting a photograph or video")
    expect(phone.get_by_role("heading", level=1)).not_to_have_text("What is it about?")


def test_given_the_check_when_an_answer_is_changed_then_it_leads_back_to_the_check(phone: Page) -> None:
    to_the_check(phone)
    phone.get_by_role("link", name="Change The other person").click()
    expect(phone.get_by_label("A pupil of this school", exact=True)).to_be_checked()
    choose(phone, "A former pupil")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(phone.get_by_text("A former pupil")).to_be_visible()


def test_given_the_answer_when_a_fact_is_changed_then_the_answer_follows(phone: Page) -> None:
    phone.goto("/king-david/answer/?who=teacher&act=connect&with=pupil&through=personal_account")
    phone.get_by_text("How we understood you").click()
    phone.get_by_role("link", name="Change The other person").click()
    choose(phone, "A former pupil")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Take great care.")


def test_given_nothing_chosen_then_the_error_is_focused_and_leads_to_the_first_choice(desk: Page) -> None:
    desk.goto("/king-david/steps/?who=teacher")
    desk.get_by_role("button", name="Continue").click()
    expect(desk.locator(".govuk-error-summary")).to_be_focused()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_label("A message, comment or friend request that has come in")).to_be_focused()


def test_given_a_keyboard_alone_then_a_step_can_be_taken(desk: Page) -> None:
    desk.goto("/king-david/steps/?who=teacher&act=connect&ask=with")
    desk.locator("#with").focus()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowDown")
    expect(desk.get_by_label("A former pupil")).to_be_checked()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("How is it done?")


def test_given_why_we_ask_when_it_is_opened_then_the_waiting_clauses_are_named(phone: Page) -> None:
    phone.goto("/king-david/steps/?who=teacher&act=connect")
    phone.get_by_text("Why we ask").click()
    expect(phone.get_by_role("link", name="KD-S.d1")).to_be_visible()
