import Evidence
import FinOps
import Foundation
import Gates
import Grounding
import Pipeline
import Reports

/// Does what the tools say. Reads come from the journal and the archive; whatever runs a month is this very program, started as
/// a person would start it, so that it leaves the same evidence.
struct ModelContextTools {
    let layout: ArchiveLayout
    let shelf: RunShelf
    let own: OwnProgram

    /// A result for the agent: the same object as structure and as text. Trouble is a result too, marked as such.
    func call(_ tool: ModelContextTool, _ arguments: JSONValue) async -> [String: JSONValue] {
        do {
            let given = try check(arguments, tool)
            let found = try await perform(tool.name, given)
            var content: [JSONValue] = [["type": "text", "text": .string(Self.text(found))]]
            if tool.name == "finops_get_report" { content += Self.links(found) }
            return ["content": .array(content), "structuredContent": found, "isError": false]
        } catch {
            let explained = error as? any ExplainedError
            let trouble: JSONValue = [
                "code": .string(explained?.code ?? "unexpected"),
                "message": .string(explained?.summary ?? "unexpected error"),
                "cause": .string(explained?.cause ?? ""), "hint": .string(explained?.hint ?? ""),
            ]
            return [
                "content": [["type": "text", "text": .string(Self.text(trouble))]], "structuredContent": trouble,
                "isError": true,
            ]
        }
    }

    private func check(_ arguments: JSONValue, _ tool: ModelContextTool) throws -> [String: String] {
        let given = arguments.members ?? [:]
        for name in given.keys where !tool.parameters.contains(where: { $0.name == name }) {
            throw InputError("bad_argument", "\(tool.name) takes no `\(UntrustedText(name).text)`")
        }
        for parameter in tool.parameters where parameter.isRequired && given[parameter.name]?.text == nil {
            throw InputError("bad_argument", "\(tool.name) needs `\(parameter.name)`, a text")
        }
        return given.compactMapValues(\.text)
    }

    private func perform(_ name: String, _ given: [String: String]) async throws -> JSONValue {
        switch name {
        case "finops_status": try status(given["run"] ?? "")
        case "finops_list_runs": ["runs": .array(try shelf.runIDs().prefix(20).map(status))]
        case "finops_get_gate": try gate(given["gate"] ?? "", of: given["run"] ?? "")
        case "finops_query_facts": try facts(given)
        case "finops_explain_variance": try variance(given["run"] ?? "")
        case "finops_get_report": try reportList(given["month"], name: given["name"])
        case "finops_verify_archive": try await own.json(["verify"])
        case "finops_start_run": try await start(given)
        case "finops_resume_run": try await resume(given["run"] ?? "")
        case "finops_propose_narrative": try propose(given)
        case "finops_request_approval": try request(given["run"] ?? "")
        default: throw InputError("unknown_tool", "there is no tool \(name)")
        }
    }

    // MARK: reads

    private func status(_ run: String) throws -> JSONValue { try Self.json(shelf.result(of: run)) }

    private func gate(_ name: String, of run: String) throws -> JSONValue {
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

    private func variance(_ run: String) throws -> JSONValue {
        let result = try shelf.result(of: run)
        guard let check = result.crossValidation else {
            throw InputError(
                "not_compared", "run \(run) has not compared its cost layers",
                hint: "`finops_status` says where it stands")
        }
        return try Self.json(check)
    }

    private func facts(_ given: [String: String]) throws -> JSONValue {
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

    // MARK: reports

    private func reportList(_ month: String?, name: String?) throws -> JSONValue {
        let finished = try FinishedMonth.open(month, layout: layout)
        let names = try shelf.fileSystem.list(layout.month(finished.folder) + "/data/reports").sorted()
            .filter { name == nil || $0 == name }
        guard !names.isEmpty else {
            throw InputError("no_report", "there is no report \(UntrustedText(name ?? "").text)")
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

    private static func links(_ list: JSONValue) -> [JSONValue] {
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

    // MARK: writes

    /// The key is the month: a run that is under way, waits or is sealed is found, not begun again.
    private func start(_ given: [String: String]) async throws -> JSONValue {
        guard let text = given["month"], let month = BillingMonth(text) else {
            throw InputError("bad_month", "`month` is not a month", hint: "write it as YYYY-MM")
        }
        if let sealed = try ArchiveChain(layout: layout, fileSystem: shelf.fileSystem).latest(of: month),
            sealed.predicate.outcome == .passed
        {
            return [
                "month": .string(text), "state": "sealed",
                "archive": .string(layout.relative(layout.month(sealed.folder))),
            ]
        }
        for run in try shelf.runIDs() where run.hasPrefix(text) {
            let status = try shelf.result(of: run).status
            if [.awaitingDecision, .halted, .interrupted].contains(status) {
                return ["month": .string(text), "run": .string(run), "state": .string(status.rawValue)]
            }
        }
        var arguments = ["run", "--month", text, "--no-input"]
        if given["sample"] == "true" { arguments.append("--sandbox") }
        if let profile = given["all_profile"] { arguments += ["--all-profile", profile] }
        try own.start(arguments, as: "start-\(text)")
        return [
            "month": .string(text), "state": "started",
            "next": "finops_list_runs shows the run as soon as it has an id",
        ]
    }

    private func resume(_ run: String) async throws -> JSONValue {
        let status = try shelf.result(of: run).status
        guard status != .complete, status != .rejected else {
            return ["run": .string(run), "state": .string(status.rawValue)]
        }
        try own.start(["resume", run, "--no-input"], as: "resume-\(run)")
        return ["run": .string(run), "state": "started"]
    }

    private func propose(_ given: [String: String]) throws -> JSONValue {
        let finished = try FinishedMonth.open(given["month"], layout: layout)
        let text = given["text"] ?? ""
        switch GroundingVerifier(finished.book).verify(text) {
        case .refused(let refusals):
            return ["accepted": false, "refusals": .array(try refusals.map { try Self.json($0) })]
        case .accepted(let grounded):
            let digest = SystemHashing().sha256(Data(text.utf8))
            let path = "\(layout.runsFolder)/.drafts/\(finished.folder)-\(digest.short).json"
            try AtomicFile.makeDirectory(
                "\(layout.runsFolder)/.drafts", durableBelow: layout.root, in: shelf.fileSystem)
            try AtomicFile.write(try JSONText.document(grounded), to: path, in: shelf.fileSystem)
            return [
                "accepted": true, "draft": .string(layout.relative(path)),
                "printed": .string(GroundedPrinter.plain(grounded, book: finished.book)),
                "facts": .array(grounded.sentences.flatMap(\.facts).map { .string($0) }),
            ]
        }
    }

    private func request(_ run: String) throws -> JSONValue {
        let request = try WaitingRun(runID: run, layout: layout).briefing().request
        return [
            "run": .string(run), "request": .string(layout.relative(layout.approvalRequest(run))),
            "deliverables": .string(request.deliverables.named), "total": .string(request.total),
            "expires_on": .string("\(request.expiresOn)"),
            "a_person_must_run": .string("finops-monthly approve \(run) --approver NAME"),
        ]
    }

    private static func json(_ value: some Encodable) throws -> JSONValue {
        try JSONValue(parsing: JSONText.line(value))
    }

    private static func text(_ value: JSONValue) -> String { String(decoding: value.bytes, as: UTF8.self) }
}
