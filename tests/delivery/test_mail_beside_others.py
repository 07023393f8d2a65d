"""Several workers send mail from one database: each day once."""

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from bot.store.channel_tables import MailState, Via
from tests.delivery.mails import Post
from tests.mail.server import mail_server
from tests.store.events_of import NOON

WORKERS, PEOPLE, EACH = 3, 12, 3


@pytest.fixture
def post(engine: Engine) -> Iterator[Post]:
    with mail_server() as server:
        yield Post(engine, server)


def test_three_workers_send_each_persons_day_once(post: Post) -> None:
    for n in range(PEOPLE):
        post.wants(Via.MAIL, f"U{n}", f"t{n}@school.edu.tw")
        for m in range(EACH):
            post.notice(f"第{m}件", NOON, f"wish:U{n}:{m}", f"U{n}")
    sent: list[int] = []
    faults: list[Exception] = []

    def work() -> None:
        drain = post.drain()
        try:
            for step in range(PEOPLE):
                sent.append(post.tick(NOON + timedelta(seconds=step), drain))
        except Exception as err:  # noqa: BLE001  told by the test, not by a thread that ends
            faults.append(err)

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    told = Counter(to for to, mail in post.server.taken for _ in range(_items(mail)))
    assert told == {f"t{n}@school.edu.tw": EACH for n in range(PEOPLE)}
    assert set(post.mails()) == {MailState.SENT}
    assert sum(sent) == len(post.server.taken)


def _items(mail) -> int:
    return mail.get_body(("plain",)).get_content().count("■")
