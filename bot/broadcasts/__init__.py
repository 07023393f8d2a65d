"""Broadcasts: whom an audience reaches, what it costs, and how a broadcast starts, runs and ends.

May read plans, rules and the store; says nothing to LINE: what is sent waits in the outbox.
"""
