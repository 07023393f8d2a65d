"""Tables, and the queries on them, grouped by noun.

May import `model`, `messages`, `errors`, `clock`, `settings`, SQLAlchemy, Alembic and psycopg.
Every query is given its connection first and its `channel_id`. May not commit (the caller owns the
transaction), word an answer, or know LINE or Flask.
"""
