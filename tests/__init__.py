"""Tests. `make test` runs them; `cluster.py` and `conftest.py` bring databases and a browser."""
