"""Web pages that people open from the chat by a signed, expiring link.

May import `messages`, `model`, `errors`, `clock`, `settings`, `understand`, `store`, `dispatch` and
Flask. May not hold a rule or a query, nor know LINE.
"""
