"""The door for HTTP: the webhook, and what a supervisor asks about health.

May import Flask, gunicorn, `dispatch`, `store`, `line`, `settings`, `clock` and the nouns. May not
hold a rule or a query: it translates, and hands on.
"""
