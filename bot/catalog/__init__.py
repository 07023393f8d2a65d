"""From the YAML files under `knowledge/` to frozen nouns, and everything wrong with them at once.

May import `model`, `errors`, `clock` (days only) and yaml, and read files below the folder that it
is given. May not reach the network or the database, read the clock, or know how people ask.
"""
