"""Measurements: speed (`make bench`), and answers beside the usual ways (`make compare`)."""
