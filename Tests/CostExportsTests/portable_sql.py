"""Holds SQL against other people's grammars: each argument is one statement.

A statement is portable when Trino's grammar and DuckDB's take it for the same, and no function in it is unknown to both.
With --hive in front the statements are Athena's own DDL; their columns are printed, one a line, with their types.
"""

import sys

from sqlglot import exp, parse_one

# In both engines' manuals, with one meaning, and only new to the grammars.
KNOWN = {"map_keys"}

arguments = sys.argv[1:]
if arguments[0] == "--hive":
    for text in arguments[1:]:
        tree = parse_one(text, read="athena")
        assert isinstance(tree, exp.Create), f"no CREATE: {text}"
        for column in tree.this.expressions:
            print(column.name, column.args["kind"].sql(dialect="hive").lower())
    sys.exit()
for text in arguments:
    trino, duckdb = (parse_one(text, read=dialect) for dialect in ("trino", "duckdb"))
    if trino.sql(dialect="trino") != duckdb.sql(dialect="trino"):
        print("read in two ways:", trino.sql(dialect="trino"), "|", duckdb.sql(dialect="trino"))
    unknown = {function.name for function in trino.find_all(exp.Anonymous)} - KNOWN
    if unknown:
        print("not known:", ", ".join(sorted(unknown)), "in", text)
