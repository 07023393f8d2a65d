"""Lists that schools and offices hand over as files: read into rows, each accounted for.

May import the nouns, `understand` and `rules`. May not touch the database, the network or the disk:
rows come in, nouns and what is wrong with them go out.
"""
