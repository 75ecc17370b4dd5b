import Evidence
import FinOps
import Pipeline

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
            throw InputError(
                "bad_argument", "\(tool.name) takes no `\(UntrustedText(name).text)`",
                hint: "`tools/list` names what it takes")
        }
        for parameter in tool.parameters where parameter.isRequired && given[parameter.name]?.text == nil {
            throw InputError("bad_argument", "\(tool.name) needs `\(parameter.name)`, a text")
        }
        if let run = given["run"]?.text, run.contains("/") {
            throw InputError("unknown_run", "there is no such run", hint: "`finops_list_runs` names them")
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

    static func json(_ value: some Encodable) throws -> JSONValue {
        try JSONValue(parsing: JSONText.line(value))
    }

    private static func text(_ value: JSONValue) -> String { String(decoding: value.bytes, as: UTF8.self) }
}
