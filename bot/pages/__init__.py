"""Web pages that people open from the chat by a signed, expiring link.

May import `messages`, `model`, `errors`, `clock`, `settings`, `links`, `understand`, `answers`,
`readers`, `rules`, `papers`, `ledger`, `store`, `dispatch`, `staff_work`, `own_work` and Flask.
May not hold a rule or a query, nor know LINE.
"""
