"""The main journey: a question typed in the box leads to a ruling with its clause."""

from playwright.sync_api import Page, expect

GIRL = "Can I accept a friend request from a girl in my class?"


def ask(page: Page, question: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="King David Primary School").click()
    page.get_by_label("What do you want to know?").fill(question)
    page.get_by_role("button", name="Get an answer").click()


def then_the_answer_is_no_by_its_clause(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "No. You may not connect with a pupil of this school on a personal account."
    )
    clause = page.get_by_role("article").first
    expect(clause).to_contain_text("KD-S.d1 Prohibited")
    expect(clause).to_contain_text("Adults should never become friends")


def test_given_a_question_in_plain_words_then_the_answer_comes_with_its_clause(screen: Page) -> None:
    ask(screen, GIRL)
    then_the_answer_is_no_by_its_clause(screen)
    screen.get_by_role("article").first.get_by_role("link", name="KD-S.d1").click()
    expect(screen.get_by_role("heading", level=1)).to_contain_text("Clause KD-S.d1")
    screen.go_back()
    then_the_answer_is_no_by_its_clause(screen)


def test_given_no_scripts_when_a_question_is_asked_then_the_answer_is_the_same(plain: Page) -> None:
    ask(plain, GIRL)
    then_the_answer_is_no_by_its_clause(plain)
    expect(plain.get_by_role("button", name="Print this page")).to_have_count(0)


def test_given_a_keyboard_alone_when_a_question_is_asked_then_it_is_answered(desk: Page) -> None:
    desk.goto("/king-david/")
    for _press in range(20):
        desk.keyboard.press("Tab")
        if desk.locator("#q").evaluate("box => box === document.activeElement"):
            break
    desk.keyboard.type(GIRL)
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("button", name="Get an answer")).to_be_focused()
    desk.keyboard.press("Enter")
    then_the_answer_is_no_by_its_clause(desk)


def test_given_nothing_typed_then_the_error_is_focused_and_leads_to_the_box(phone: Page) -> None:
    ask(phone, " ")
    expect(phone).to_have_title("Error: What do you want to know? – King David Primary School")
    expect(phone.locator(".govuk-error-summary")).to_be_focused()
    phone.get_by_role("link", name="Enter a question in your own words").click()
    expect(phone.get_by_label("What do you want to know?")).to_be_focused()


def test_given_too_much_typed_then_the_count_says_so_and_nothing_typed_is_lost(phone: Page) -> None:
    question = "May I add a pupil? " * 530
    phone.goto("/king-david/")
    box = phone.get_by_label("What do you want to know?")
    box.fill(question)
    expect(phone.locator(".govuk-character-count__status")).to_have_text("You have 9,070 characters too many")
    phone.get_by_role("button", name="Get an answer").click()
    expect(phone.locator(".govuk-error-summary")).to_be_focused()
    expect(box).to_have_value(question)


def test_given_an_answer_when_something_else_is_so_then_one_touch_shows_the_other_answer(phone: Page) -> None:
    phone.goto("/ewloe-green/")
    phone.get_by_role("link", name=GIRL).click()
    phone.get_by_role("link", name="The other person is your own family").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Yes. You may connect with a pupil of this school")
    phone.get_by_text("How we understood you").click()
    expect(phone.get_by_text("We took this for granted").first).to_be_visible()


def test_given_an_open_answer_when_its_question_is_answered_then_it_is_settled(phone: Page) -> None:
    phone.goto("/king-david/answer/?who=teacher&act=connect")
    phone.get_by_role("button", name="Continue").click()
    expect(phone.locator(".govuk-error-summary")).to_be_focused()
    phone.get_by_role("link", name="Choose one of these answers").click()
    expect(phone.get_by_label("A pupil of this school")).to_be_focused()
    phone.get_by_label("A colleague").check()
    phone.get_by_role("button", name="Continue").click()
    expect(phone.get_by_text("Not covered")).to_be_visible()


def test_given_an_answer_when_it_is_printed_then_paper_has_the_words_and_no_controls(desk: Page) -> None:
    ask(desk, GIRL)
    desk.emulate_media(media="print")
    expect(desk.get_by_role("heading", level=1)).to_have_css("color", "rgb(0, 0, 0)")
    expect(desk.get_by_text("Adults should never become friends").first).to_be_visible()
    expect(desk.get_by_role("button", name="Print this page")).to_be_hidden()
    expect(desk.get_by_role("link", name="Change").first).to_be_hidden()
    expect(desk.locator(".app-masthead__nav").first).to_be_hidden()


def test_given_a_phone_when_an_answer_is_read_then_verdict_and_what_to_do_are_on_the_first_screen(phone: Page) -> None:
    phone.set_viewport_size({"width": 360, "height": 640})
    phone.goto("/king-david/answer/?q=Can+I+accept+a+friend+request+from+a+girl+in+my+class%3F")
    expect(phone.get_by_role("heading", level=1)).to_be_in_viewport(ratio=1)
    expect(phone.get_by_text("Reach pupils by school email")).to_be_in_viewport(ratio=1)


def test_given_a_child_at_risk_then_999_can_be_touched_on_the_first_screen(phone: Page) -> None:
    phone.set_viewport_size({"width": 360, "height": 640})
    phone.goto("/king-david/answer/?who=teacher&act=receive&harm=disclosure&q=she+told+me")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Do this now")
    expect(phone.get_by_role("link", name="999").first).to_be_in_viewport(ratio=1)


def test_given_scripts_when_print_is_pressed_then_the_browser_prints(desk: Page) -> None:
    desk.goto("/king-david/policy/")
    desk.evaluate("window.print = () => { document.title = 'printing' }")
    desk.get_by_role("button", name="Print this page").click()
    expect(desk).to_have_title("printing")
