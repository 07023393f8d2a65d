"""Signing in to the console: passwords, second factors, single sign-on, and who has an account.

May import `model`, `errors`, `clock` (days only), `store`; alone uses argon2, pyotp,
Authlib, joserfc and requests. Each deed is one transaction with its line in the audit; nothing slow
(hashing, the identity provider) happens inside one. May not know Flask, nor read the clock.
"""
