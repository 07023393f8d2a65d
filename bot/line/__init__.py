"""The LINE gateway: signed bytes to `Incoming`, `Answer` to messages, messages to LINE.

May import `messages`, `model`, `errors`, `clock`, `settings` and urllib3; `channel.py` alone
imports linebot. Nothing of LINE's shape goes past this room. May not reach the database or the
rules.
"""
