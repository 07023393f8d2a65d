"""Watching over the bot itself: what is wrong is noted, and told to those who can mend it.

May import: the nouns, rules, answers, store, mail. It may not call LINE: what staff are told waits
in the outbox, and goes out as all else does.
"""
