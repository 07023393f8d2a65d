"""Who is let in, and what goes with every page."""

from datetime import timedelta

import pytest

from bot import wiring
from bot.links import Links, Purpose
from bot.settings import Settings
from bot.store import people, referrals
from bot.store.people import Role
from tests.pages.stage import ADDRESS, FILLED, JUNE, KEY, STAFF, TEACHER, Stage, words

PAGES = ["questions", "referrals", "entries"]
CURE = "請回到 LINE 輸入「待答問題」"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_not_kept_not_indexed_not_framed_and_runs_nothing(lite: Stage, path: str) -> None:
    page = lite.get(path)

    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy
    assert "<script" not in page.get_data(as_text=True)


def test_a_link_works_for_an_hour_and_not_longer(stage: Stage) -> None:
    token = stage.token()
    stage.later(minutes=59, seconds=59)
    in_time = stage.client().get(f"/p/{token}/questions")
    stage.later(seconds=1)

    late = stage.client().get(f"/p/{token}/questions")

    assert in_time.status_code == 200
    assert late.status_code == 403
    assert CURE in words(late)


def forged(stage: Stage) -> list[str]:
    good = stage.token()
    whose = ("default", STAFF, Purpose.STAFF, stage.now)
    return [
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        "x" + good[1:],
        good.partition(".")[0],
        "名字",
        "%00",
        Links(ADDRESS, KEY + "!").token(*whose),
    ]


def test_a_link_that_we_did_not_make_lets_nobody_in(lite: Stage) -> None:
    for token in forged(lite):
        for path in PAGES:
            page = lite.client().get(f"/p/{token}/{path}")

            assert page.status_code == 403, token
            assert CURE in words(page)


def test_a_link_of_somebody_who_is_not_staff_opens_nothing(stage: Stage) -> None:
    stage.ask("說書工作坊什麼時候")

    assert stage.get("questions", TEACHER).status_code == 403
    assert stage.get("questions", "Unobody").status_code == 403


def test_a_link_to_another_channel_opens_nothing(stage: Stage) -> None:
    token = stage.links.token("other", STAFF, Purpose.STAFF, stage.now)

    assert stage.client().get(f"/p/{token}/questions").status_code == 403


def test_who_is_staff_no_more_loses_every_link_at_once(stage: Stage) -> None:
    passed, token = stage.passed(), stage.token()
    with stage.engine.begin() as db:
        people.give_role(db, "default", STAFF, Role.ANYBODY)

    seen = stage.client().get(f"/p/{token}/referrals/{passed.id}")
    sent = stage.client().post(f"/p/{token}/referrals/{passed.id}", data=FILLED)

    assert (seen.status_code, sent.status_code) == (403, 403)
    assert "回到上一頁可以先複製下來" in words(sent)
    assert "複製" not in words(seen)
    with stage.engine.connect() as db:
        assert referrals.count_open(db, "default") == 1


def test_what_changes_something_is_not_done_by_opening_an_address(stage: Stage) -> None:
    passed = stage.passed()

    aside = stage.get(f"referrals/{passed.id}/aside")
    withdraw = stage.get(f"entries/{'0' * 32}/withdraw")

    assert (aside.status_code, withdraw.status_code) == (405, 405)
    with stage.engine.connect() as db:
        assert referrals.count_open(db, "default") == 1


def test_what_is_too_large_is_refused_with_the_cure(lite: Stage) -> None:
    passed = lite.passed()

    page = lite.answer(passed, answer="字" * 30_000)

    assert page.status_code == 413
    assert "沒有存下任何東西" in words(page)


@pytest.mark.parametrize("referral_id", ["0" * 32, "nothing", "%00", "名字"])
def test_a_question_that_is_not_there_is_said_so(stage: Stage, referral_id: str) -> None:
    page = stage.get(f"referrals/{referral_id}")

    assert page.status_code == 404
    assert "找不到這一頁" in words(page)


def test_what_breaks_says_so_without_a_trace(lite: Stage, monkeypatch) -> None:
    monkeypatch.setattr("bot.pages.question_views.shown", lambda *_: 1 / 0)

    page = lite.get("questions")

    assert page.status_code == 500
    assert "系統出了點問題" in words(page)
    assert "ZeroDivision" not in page.get_data(as_text=True)


def test_a_token_says_whom_it_lets_in_and_until_when() -> None:
    links = Links(ADDRESS, KEY)
    token = links.token("C", "U", Purpose.STAFF, JUNE)

    found = links.read(token, JUNE)

    assert found is not None
    assert (found.channel_id, found.user_id, found.purpose) == ("C", "U", Purpose.STAFF)
    assert found.expires_at == JUNE + timedelta(hours=1)
    assert links.page(token, "questions") == f"{ADDRESS}/p/{token}/questions"


def test_links_without_a_key_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="key"):
        Links(ADDRESS, "")


def test_without_a_key_of_one_s_own_a_new_one_is_made_each_time(caplog) -> None:
    with caplog.at_level("WARNING"):
        first, second = (wiring.with_secret_key(Settings()) for _ in range(2))

    assert len(first.secret_key) >= 32
    assert first.secret_key != second.secret_key
    assert caplog.text.count("SECRET_KEY is not set") == 2
    assert first.secret_key not in caplog.text


def test_a_key_that_is_set_is_kept_and_nothing_is_said(caplog) -> None:
    settings = Settings(secret_key=KEY)

    assert wiring.with_secret_key(settings) is settings
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("method", "path", "status", "said"),
    [
        ("GET", "/p", 404, "找不到這一頁"),
        ("GET", "/p/nothing", 404, "找不到這一頁"),
        ("GET", "/p/{token}/nothing/here", 404, "找不到這一頁"),
        ("GET", "/p/static/nothing.css", 404, "找不到這一頁"),
        ("POST", "/p/{token}/questions", 405, "這個動作做不到"),
        ("DELETE", "/p/{token}/entries", 405, "這個動作做不到"),
    ],
)
def test_an_address_that_leads_nowhere_gets_the_house_s_own_page(
    lite: Stage, method: str, path: str, status: int, said: str
) -> None:
    page = lite.client().open(path.format(token=lite.token()), method=method)

    assert page.status_code == status
    assert said in words(page)
    assert "請回到" in words(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert ("Allow" in page.headers) == (status == 405)


def test_what_lies_elsewhere_is_left_as_it_is(lite: Stage) -> None:
    page = lite.client().get("/pages")

    assert page.status_code == 404
    assert "請回到" not in words(page)
    assert "style-src" not in page.headers["Content-Security-Policy"]  # the app's own, not ours
