"""Whether a column holds one of many values that come as one parameter, said in each dialect.

SQLAlchemy's `in_` spells the statement out anew for each number of values: in a query of every
event that costs as much as the query.
"""

from sqlalchemy import JSON, ColumnElement, String, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

POSTGRESQL, SQLITE = "postgresql", "sqlite"
DIALECTS = (POSTGRESQL, SQLITE)


def is_among(dialect: str, column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """Whether the column's text is in the list that is given as the parameter of this name."""
    if dialect == POSTGRESQL:
        return column == any_(bindparam(name, type_=ARRAY(String)))
    values = func.json_each(bindparam(name, type_=JSON)).table_valued("value")
    return column.in_(select(values.c.value))
