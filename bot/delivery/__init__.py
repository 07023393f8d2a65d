"""What waits in the outbox goes out: claimed, sent with no transaction open, settled.

May import `messages`, `model`, `errors`, `clock` (days only), `settings`, `store`, `links`, `mail`
(what a letter is) and SQLAlchemy's connections. May not call LINE or a mail server itself (a sender
is handed in), nor decide who is told what.
"""
