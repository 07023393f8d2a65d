"""The nouns: plans, editions, entries, dates, quantities, rules, what a chat is about.

May import the standard library, `clock` (days only) and `errors`. May not read a file, the
environment, the clock or the database: a noun is frozen, and right from birth.
"""
