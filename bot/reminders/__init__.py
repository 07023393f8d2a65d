"""Who is reminded of what, when, and why: decided, kept up to date, planned into the outbox.

May import nouns, rules, answers, ledger and store. `decide` and `followed` are pure: no database,
no clock. May not send anything:
what is planned waits in the outbox for `delivery`.
"""
