"""Bodies and files that nobody should send, made from good ones by a seed.

May import everything of `bot`. Tests of `tests/hardening` take some hundreds, the command many.
"""
