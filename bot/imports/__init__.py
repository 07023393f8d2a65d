"""Lists that schools and offices hand over as files: read into rows, each accounted for.

May import the nouns, `understand` and `rules`. Owns `xlrd`, and reads with `openpyxl` and `csv`:
nothing of theirs leaves it. May not touch the database, the network or the disk: bytes come in,
rows and a report go out. Columns with ID numbers are dropped while a file is read, and never kept.
"""
