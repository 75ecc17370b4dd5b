public import FinOps

/// The statement that makes a table of a data export that AWS delivers as Parquet, with its months projected: nobody has to
/// register a partition. The export must overwrite what it delivered before, since every file of a month is counted.
public struct TableDefinition: Hashable, Sendable {
    public let layout: TableLayout
    public let table: TableName
    /// Where the export is delivered: the folder that holds `data`.
    public let location: ObjectAddress
    /// The first month there is.
    public let since: BillingMonth

    public init(layout: TableLayout, table: TableName, location: ObjectAddress, since: BillingMonth) {
        self.layout = layout
        self.table = table
        self.location = location
        self.since = since
    }

    /// Athena keeps names in lower case, and finds columns of Parquet files by name whatever their case and order. The interval
    /// needs its unit, because the format has no days.
    public var sql: String {
        let columns = layout.columns.sorted { $0.key < $1.key }.map { "  `\($0.key)` \($0.value)" }
        let data = "\(location)/data"
        let properties = [
            ("projection.enabled", "true"), ("projection.billing_period.type", "date"),
            ("projection.billing_period.format", "yyyy-MM"), ("projection.billing_period.range", "\(since),NOW"),
            ("projection.billing_period.interval", "1"), ("projection.billing_period.interval.unit", "MONTHS"),
            ("storage.location.template", "\(data)/BILLING_PERIOD=${billing_period}"),
        ].map { "  \(SQLText.literal($0)) = \(SQLText.literal($1))" }
        return """
            CREATE EXTERNAL TABLE IF NOT EXISTS `\(table.database)`.`\(table.table)` (
            \(columns.joined(separator: ",\n"))
            )
            PARTITIONED BY (`billing_period` string)
            ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'
            STORED AS INPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat'
            OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat'
            LOCATION \(SQLText.literal(data + "/"))
            TBLPROPERTIES (
            \(properties.joined(separator: ",\n"))
            )
            """
    }
}
