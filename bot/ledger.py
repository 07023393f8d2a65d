"""What people have done on their tracks: read, written down, taken back.

Chat and pages do the same here. Each function works in the caller's transaction.
"""
