import ArgumentParser
import CostExports
import FinOps

/// `export`: of a sealed month, unless something else is named.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Files from a sealed month; or the statement that makes a table of line items.",
        subcommands: [ExportMonthCommand.self, AthenaDDLCommand.self], defaultSubcommand: ExportMonthCommand.self)
}

struct AthenaDDLCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "athena-ddl",
        abstract: "Print the statement that makes an Athena table of a data export.",
        discussion: """
            For an export delivered as Parquet that overwrites what it delivered before: Athena counts every file that lies in \
            a month's folder, so that an export which keeps its old deliveries would be counted several times. Contacts nobody; \
            run the statement once in Athena.
            """)

    @Option(
        help: ArgumentHelp(
            "What the export was made of: \(Self.layouts).", valueName: "layout"))
    var layout = TableLayout.focus1_2.rawValue

    @Option(help: ArgumentHelp("The table to make, in a database that is there.", valueName: "database.table"))
    var table: String

    @Option(
        help: ArgumentHelp(
            "Where the export is delivered: the folder that holds `data` and `metadata`.",
            valueName: "s3://bucket/prefix/export"))
    var location: String

    @Option(help: ArgumentHelp("The first month of the export.", valueName: "YYYY-MM"))
    var since = "2024-01"

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    private static let layouts = TableLayout.allCases.map(\.rawValue).joined(separator: ", ")

    func run() async throws {
        try await global.guarded {
            guard let layout = TableLayout(rawValue: layout) else {
                throw InputError(
                    "bad_layout", "`--layout \(self.layout)` is no layout of AWS", hint: "it is one of \(Self.layouts)")
            }
            guard let table = TableName(table) else {
                throw InputError(
                    "bad_table", "`--table \(table)` is not DATABASE.TABLE",
                    hint: "letters, digits, underscores and hyphens, for example finops.focus")
            }
            guard let address = ObjectAddress(location), !address.key.hasSuffix("/data"), address.key != "data" else {
                throw InputError(
                    "bad_location", "`--location \(location)` is not where an export is delivered",
                    hint: "write s3://BUCKET/PREFIX/EXPORT, without `data`")
            }
            guard let month = BillingMonth(since) else {
                throw InputError("bad_month", "`--since \(since)` is not a month", hint: "write it as YYYY-MM")
            }
            let definition = TableDefinition(layout: layout, table: table, location: address, since: month)
            global.terminal.output(definition.sql + ";")
            return .complete
        }
    }
}
