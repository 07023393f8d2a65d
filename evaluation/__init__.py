"""How well the bot answers: conversations put to it as LINE would, judged and counted.

`make evaluate` runs the written cases of `tests/cases/` and cases made from the plans' own entries.
"""
