"""LINE's part, played on this machine: a strict platform, and a page to chat on.

May import Flask, jsonschema-rs, `line` (limits and signature only), `settings`, `clock` and
the nouns. Talks to the bot by HTTP alone, as LINE does. May not reach the database, handlers or
plans.
"""
