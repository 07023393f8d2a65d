"""E-mail: answers to letters, letters to a mail server.

May import `messages`, `model`, `errors`, `clock` and `settings`; alone imports smtplib. May not
reach the database or the rules, nor decide who is written to.
"""
