"""What people do and have done on a track: joining, reporting, sessions, showing, undoing, changes.

Only in a person's own chat; in a group nothing about a person is said.
"""
