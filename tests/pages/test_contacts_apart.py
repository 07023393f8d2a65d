"""No page of a contact reaches another school: every route, with the other's codes and ids."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.links import Purpose
from bot.model.schools import SchoolRole
from bot.store import affiliations
from tests.handlers.schools.secrets import EVENT, SECRETS, keep_secrets, of_all_schools
from tests.pages.contact_stage import DAZHI, TEACHER, ZHONGLUN, ContactStage, contact_stage
from tests.rules.schools import MOBILE

FORM = {"edition": MOBILE, "slot": "progress-sheet||1|1", "count": "1", "visit": "a" * 32}
NOT_OURS = {"HEAD", "OPTIONS"}


@pytest.fixture
def at_school(sqlite_url: str) -> Iterator[ContactStage]:
    yield from contact_stage(sqlite_url)


def routes(of: ContactStage) -> list[tuple[str, str, set[str]]]:
    """Every address below a link, its methods, and the names of its blanks."""
    found = []
    for rule in of.stage.app.url_map.iter_rules():
        if "token" in rule.arguments:
            for method in sorted((rule.methods or set()) - NOT_OURS):
                found.append((rule.rule, method, set(rule.arguments)))
    return found


def filled(rule: str, token: str, code: str, member: str) -> str:
    blanks = {
        "token": token,
        "code": code,
        "plan": "mobile-learning",
        "edition": "107",
        "year": "107",
    }
    address = rule
    for part in rule.split("/"):
        if part.startswith("<"):
            name = part.strip("<>").partition(":")[2] or part.strip("<>")
            address = address.replace(part, blanks.get(name, member))
    return address


def test_every_route_with_another_schools_code_is_closed(at_school: ContactStage) -> None:
    stage = at_school.stage
    member = keep_secrets(stage.engine)
    before = of_all_schools(stage.engine)
    token = stage.links.token("default", TEACHER, Purpose.OWN, stage.now)
    tried: list[str] = []
    for rule, method, blanks in routes(at_school):
        if "code" not in blanks:
            continue
        typed: dict[str, Any] = {**FORM, "member": member, "kind": "people", "list": "x"}
        sent = stage.client().open(filled(rule, token, ZHONGLUN, member), method=method, data=typed)
        tried.append(rule)
        assert sent.status_code == 403, (rule, method)
        assert not any(secret in sent.get_data(as_text=True) for secret in SECRETS)

    assert len(tried) >= 9
    assert of_all_schools(stage.engine) == before


def test_no_other_route_shows_or_changes_another_school_either(at_school: ContactStage) -> None:
    stage = at_school.stage
    member = keep_secrets(stage.engine)
    before = of_all_schools(stage.engine)
    token = stage.links.token("default", TEACHER, Purpose.OWN, stage.now)
    typed = {
        "school": ZHONGLUN,
        "code": ZHONGLUN,
        "school_code": ZHONGLUN,
        "member": member,
        "deed": EVENT,
        "enrolment": member,
        "slot": f"{ZHONGLUN}|progress-sheet||1|1",
        "edition": f"{MOBILE}/{ZHONGLUN}",
        "visit": "b" * 32,
        "count": "1",
    }
    for rule, method, _ in routes(at_school):
        if rule.endswith(("/erase", "/handover/<code>")) or rule.endswith("/code"):
            continue  # of one's own: what they do there is theirs
        address = filled(rule, token, DAZHI, member)
        page = stage.client().open(address, method=method, data=typed)
        assert page.status_code < 500, rule
        assert not any(secret in page.get_data(as_text=True) for secret in SECRETS), rule

    assert of_all_schools(stage.engine) == before


@pytest.mark.parametrize("path", ["/roster/code", "/roster/unlink"])
def test_another_schools_member_is_not_on_ones_own_list(at_school: ContactStage, path: str) -> None:
    member = keep_secrets(at_school.stage.engine)
    before = of_all_schools(at_school.stage.engine)

    assert at_school.send(path, member=member).status_code == 404
    assert of_all_schools(at_school.stage.engine) == before


def test_whoever_is_a_contact_no_more_is_out_at_once(at_school: ContactStage) -> None:
    pages = [at_school.path(path) for path in ("", "/roster", "/lists")]
    with at_school.stage.engine.begin() as db:
        affiliations.untie(db, "default", TEACHER, DAZHI, SchoolRole.CONTACT)

    found = [at_school.stage.client().get(page).status_code for page in pages]

    assert found == [403, 403, 403]
