"""`python -m bot …`: one module a command.

May import every room, print to the terminal, and use APScheduler (the worker) and gunicorn. May not
hold a rule, a query or the words of an answer.
"""
