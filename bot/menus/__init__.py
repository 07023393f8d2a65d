"""The menus under the chat are brought to LINE, and each person gets that of their role.

May import the nouns, `settings` and `store`; the calls themselves are handed in (`line/menus.py`).
May not know LINE's shape. No transaction is open while LINE is called.
"""
