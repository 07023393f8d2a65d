"""Broadcasts: whom an audience reaches, what it costs, and how a broadcast starts, runs and ends.

May import nouns, rules, answers, ledger and store. May not send anything: what is queued waits in
the outbox for `delivery`. What staff do with broadcasts is in `bot.broadcast_work`.
"""
