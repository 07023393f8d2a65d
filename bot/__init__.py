"""師鐘 (Shizhong): a LINE bot that tells teachers and schools what the official plans say.

A webhook comes in at `web`, is translated by `line` into an `Incoming`, understood by
`understand` against the plans that `catalog` loaded, handled by one file of `handlers`, worded by
`answers`, and goes out through `line` again. `dispatch` holds the one transaction of an event.
Staff answer on `pages`, opened by one of `links`; `staff_work` does each deed in one transaction,
`readers` finds what they added, and `delivery` pushes what waits in the outbox of `store`.
`wiring` is the only place that knows every room. `docs/map.md` has a line for each file.
"""
