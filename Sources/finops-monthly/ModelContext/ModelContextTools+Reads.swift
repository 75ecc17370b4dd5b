import Evidence
import FinOps
import Gates
import Pipeline

/// What the journal and the archive say of runs, gates, facts and reports.
extension ModelContextTools {
    func status(_ run: String) throws -> JSONValue { try Self.json(shelf.result(of: run)) }

    func gate(_ name: String, of run: String) throws -> JSONValue {
        guard let gate = GateID(rawValue: name.uppercased()), let description = GateCatalog.description(of: gate) else {
            throw InputError("unknown_gate", "there is no gate `\(UntrustedText(name).text)`", hint: "G0 to G8")
        }
        let judged = try shelf.result(of: run).gates.first { $0.id == gate }
        return [
            "gate": .string(gate.rawValue), "asks": .string(description.criterion),
            "otherwise": .string(Explanation.consequence(description.onFailure)),
            "judged": try judged.map { try Self.json($0) } ?? .null,
        ]
    }

    func variance(_ run: String) throws -> JSONValue {
        let result = try shelf.result(of: run)
        guard let check = result.crossValidation else {
            throw InputError(
                "not_compared", "run \(run) has not compared its cost layers",
                hint: "`finops_status` says where it stands")
        }
        return try Self.json(check)
    }

    func facts(_ given: [String: String]) throws -> JSONValue {
        let month = try FinishedMonth.open(given["month"], layout: layout)
        let ids = given["ids"].map { Set($0.split(separator: ",").map { String($0.drop { $0 == " " }) }) }
        let found = month.book.facts.filter { fact in
            (ids?.contains(fact.id) ?? true) && fact.id.hasPrefix(given["prefix"] ?? "")
        }
        let shown = found.prefix(200)
        let subjects = (month.book.accounts + month.book.services + month.book.organizationalUnits).filter { subject in
            shown.contains { $0.id.hasPrefix(subject.factPrefix + ".") }
        }
        return [
            "month": .string(month.folder.description), "matching": .integer(found.count),
            "facts": .array(try shown.map { try Self.json($0) }),
            "untrusted_names": .object(
                Dictionary(subjects.map { ($0.factPrefix, .string(UntrustedText($0.name).text)) }) { first, _ in first }
            ),
        ]
    }

    func reportList(_ month: String?, name: String?) throws -> JSONValue {
        let finished = try FinishedMonth.open(month, layout: layout)
        let names = try shelf.fileSystem.list(layout.month(finished.folder) + "/data/reports").sorted()
            .filter { name == nil || $0 == name }
        guard !names.isEmpty else {
            throw InputError(
                "no_report", "there is no report \(UntrustedText(name ?? "").text)",
                hint: "`finops_get_report` without a name lists them")
        }
        return [
            "month": .string(finished.folder.description),
            "reports": .array(
                names.map { ["name": .string($0), "uri": .string("finops://\(finished.folder)/\($0)")] }),
        ]
    }

    func reports() throws -> [JSONValue] {
        guard let list = try? reportList(nil, name: nil) else { return [] }
        return list["reports"]?.elements ?? []
    }

    static func links(_ list: JSONValue) -> [JSONValue] {
        (list["reports"]?.elements ?? []).map {
            ["type": "resource_link", "name": $0["name"] ?? "", "uri": $0["uri"] ?? ""]
        }
    }

    /// Nil for an address that names no report. Only names the folder lists are opened.
    func read(_ address: String) throws -> JSONValue? {
        guard address.hasPrefix("finops://") else { return nil }
        let parts = address.dropFirst(9).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let folder = MonthFolder(parts[0]) else { return nil }
        let reports = layout.month(folder) + "/data/reports"
        guard try shelf.fileSystem.exists(reports), try shelf.fileSystem.list(reports).contains(parts[1]) else {
            return nil
        }
        let type =
            parts[1].hasSuffix(".html") ? "text/html" : parts[1].hasSuffix(".md") ? "text/markdown" : "application/json"
        let text = String(decoding: try shelf.fileSystem.read("\(reports)/\(parts[1])"), as: UTF8.self)
        return ["uri": .string(address), "mimeType": .string(type), "text": .string(text)]
    }
}
