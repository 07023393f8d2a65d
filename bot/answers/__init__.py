"""The words of an answer: what was decided, said in the Chinese that teachers read.

May import `model`, `messages`, `errors`, `clock` (days only), `links` (how long they live),
`understand` and `rules`. Pure: may not decide what was asked, reach the database, or know how LINE
draws a card.
"""
