"""What staff do in the console: each deed is one transaction, with its line in the audit.

May import `model`, `messages`, `errors`, `clock`, `understand`, `catalog`, `rules`, `answers`,
`imports`, `store`, `ledger`, `reminders`, `readers`, `handlers`, `import_work`, `staff_work`,
`shown_questions`, `import_kinds`, `settings`.
May not know Flask or LINE, nor read the clock.
"""
