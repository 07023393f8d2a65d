"""From a person's words to what they ask: folding, masking, mentions, and the entries that fit.

May import `model`, `errors`, `messages`, `clock` (days only), `later`, rapidfuzz and opencc. Pure:
the same text, library, talk and instant give the same reading. May not open a file of plans, reach
the database or the network, read the clock, or word an answer.
"""
