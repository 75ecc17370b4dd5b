/// Which columns does a table have, and of which types? Scans none of its data.
enum ColumnsQuery {
    static func sql(_ table: TableName) -> String {
        #"""
        SELECT column_name, data_type
        FROM information_schema.columns
        WHERE table_schema = \#(SQLText.literal(table.database)) AND table_name = \#(SQLText.literal(table.table))
        ORDER BY ordinal_position
        """#
    }
}
