"""`Answer` → LINE's messages, as plain dicts.

Nothing is cut silently: what one message cannot hold goes on in the next, and where even that is
not enough the last message says so. May import `messages` and `line.limits`, nothing else.
"""
