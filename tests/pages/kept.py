"""All that a database holds, as one text in which a trace would be found."""

from sqlalchemy import Engine, inspect, text


def everything(engine: Engine) -> str:
    """Every value of every row of every table, as text."""
    with engine.connect() as db:
        return "\n".join(
            f"{table}: {[str(value) for value in row]}"
            for table in inspect(engine).get_table_names()
            for row in db.execute(text(f'SELECT * FROM "{table}"'))
        )
