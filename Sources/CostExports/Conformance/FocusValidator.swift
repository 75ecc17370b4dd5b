public import FinOps
import Foundation

/// Judges a FOCUS file by the specification's own rules: every leaf requirement is counted in one pass of the engine.
public struct FocusValidator: Sendable {
    private let engine: DuckDB
    private let disk: any FileSystem

    public init(engine: DuckDB, disk: any FileSystem) {
        self.engine = engine
        self.disk = disk
    }

    /// `supported` names what the provider supports (`ApplicabilityCriteria` of the rules). Without `demandsColumns` the rules
    /// of columns that are not there are skipped. Throws `InputError`.
    public func judge(
        path: String, by rules: ConformanceRules, supported: Set<String> = [], demandsColumns: Bool = true
    ) async throws -> ConformanceReport {
        let name = String(path.split(separator: "/").last ?? "")
        guard let file = DeliveredFile(path: path, name: name) else {
            throw InputError("bad_export", "\(path) is neither .csv, .csv.gz nor .parquet")
        }
        guard (try? disk.kind(of: path)) == .file else { throw InputError("bad_export", "\(path) is not a file") }
        try ParquetEnds.check(file)
        do {
            let counts = try await count(in: try await ItemFiles([file], engine: engine), for: rules)
            return ConformanceReport(
                focusVersion: rules.focusVersion, modelVersion: rules.modelVersion, rows: counts.rows,
                verdicts: ConformanceJudge(
                    rules: rules, supported: supported, counts: counts, demandsColumns: demandsColumns
                ).verdicts())
        } catch let failure as EngineFailure {
            throw InputError(
                "bad_export", "\(name) could not be judged", cause: failure.message,
                hint: "`finops-monthly run --source L3=\(path)` names the line that cannot be read")
        }
    }

    /// What every leaf requirement counts, in one pass.
    private func count(in file: ItemFiles, for rules: ConformanceRules) async throws -> RuleCounts {
        let columns = Set(file.names)
        let leaves = rules.rules.indices.filter { !rules.rules[$0].isDynamic && !rules.rules[$0].isOptional }
            .flatMap { position in
                Self.leaves(
                    rules.rules[position].requirement, ConformanceJudge.condition(of: position, in: rules))
            }
        var (texts, groups): (Set<String>, Set<String>) = ([], [])
        for leaf in leaves {
            switch leaf {
            case .rows(let text) where text.columns.isSubset(of: columns): texts.insert(text.sql)
            case .groups(let text) where text.columns.isSubset(of: columns): groups.insert(text.sql)
            default: break
            }
        }
        let (rowTexts, groupTexts) = (texts.sorted(), groups.sorted())
        let answer = try await engine.rows(
            RuleCounts.sql(
                rowTexts, groups: groupTexts, selection: Self.selection(of: file, rules),
                keeps: file.files[0].encoding == .csv))
        guard let row = answer.first else { throw EngineFailure(.unreadableAnswer, "no counts were answered") }
        return try RuleCounts(row, texts: rowTexts, groups: groupTexts, columns: columns)
    }

    private static func leaves(_ requirement: JSONValue, _ condition: RuleText?) -> [LeafCheck] {
        guard let items = requirement["Items"]?.elements else { return [LeafCheck(requirement, condition: condition)] }
        return items.flatMap { leaves($0, condition) }
    }

    /// Decimals as the specification's validator compares them, everything else as it stands; what is no number counts as
    /// missing.
    private static func selection(of file: ItemFiles, _ rules: ConformanceRules) -> String {
        let decimals = Set(
            rules.rules.filter { $0.requirement["CheckFunction"]?.text == "TypeDecimal" }.compactMap {
                $0.requirement["ColumnName"]?.text
            })
        let cells = file.columns.map { column in
            let name = SQLText.identifier(column.name)
            return decimals.contains(column.name) ? "TRY_CAST(\(name) AS DOUBLE) AS \(name)" : name
        }
        return "SELECT \(cells.joined(separator: ", ")) FROM \(file.table(amounts: []))"
    }
}
