"""The office's side of what schools hand in: how all stand, deeds with their audit, reminding.

May import the nouns, `rules`, `understand`, `answers`, `ledger`, `store` and `school_work`. May not
know the web, LINE or files' formats, nor hold a rule of a plan. A deed is one transaction: what it
does, the line of the audit, and what the school's contacts are told.
"""
