"""Bodies and files that nobody should send, made from good ones by a seed: what the bot makes of them.

May import everything of `bot`. The tests of `tests/hardening` take a few thousand, the command many.
"""
