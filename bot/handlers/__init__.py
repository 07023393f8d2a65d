"""What to do about each kind of message: one file a kind, listed in `table.py`.

May import `model`, `messages`, `errors`, `clock` (days only), `catalog`, `rules`, `understand`,
`answers`, `links` and `store`, and use the connection that the desk hands it. May not commit, call
LINE, import Flask, or read the clock: `now` is the event's own time.
"""
