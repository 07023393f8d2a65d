"""Telling the asker what staff answered."""

from datetime import datetime

from sqlalchemy import Connection

from bot.store.referrals import Passed


def announce(db: Connection, passed: Passed, now: datetime) -> None:
    """Do what an answer of staff needs so that its asker hears of it."""
