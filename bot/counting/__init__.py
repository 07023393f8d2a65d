"""Counting what happens, for whoever watches by Prometheus.

May import: nothing of the house. It may not read the database: what is counted there
is handed in. The only room that knows prometheus_client.
"""
