import FinOps

/// What a coding agent may do here, in the order it is shown. Approving, keys, thresholds and distribution are not in the list and
/// cannot be reached through it.
struct ModelContextTool {
    enum Effect { case reads, writes }

    let name: String
    let description: String
    var effect = Effect.reads
    /// Name, description, whether it must be given.
    let parameters: [(name: String, description: String, isRequired: Bool)]

    var document: JSONValue {
        let properties = parameters.map {
            ($0.name, ["type": "string", "description": .string($0.description)] as JSONValue)
        }
        return [
            "name": .string(name), "description": .string(description),
            "inputSchema": [
                "type": "object", "properties": .object(Dictionary(uniqueKeysWithValues: properties)),
                "required": .array(parameters.filter(\.isRequired).map { .string($0.name) }),
                "additionalProperties": false,
            ],
            "outputSchema": ["type": "object"],
            "annotations": [
                "readOnlyHint": .bool(effect == .reads), "destructiveHint": false, "idempotentHint": true,
                "openWorldHint": .bool(effect == .writes),
            ],
        ]
    }
}

extension ModelContextTools {
    private static let run = ("run", "The id of a run, such as 2026-02-4b748817.", true)
    private static let month = ("month", "A month as YYYY-MM; without it the newest that is sealed.", false)

    static let catalogue: [ModelContextTool] = [
        ModelContextTool(
            name: "finops_status", description: "Where a run stands: phases, gates, totals, what it waits for.",
            parameters: [run]),
        ModelContextTool(name: "finops_list_runs", description: "The latest runs, newest first.", parameters: []),
        ModelContextTool(
            name: "finops_get_gate", description: "One gate of a run: its verdict, its reasons, and what it asks.",
            parameters: [run, ("gate", "G0 to G8.", true)]),
        ModelContextTool(
            name: "finops_query_facts",
            description:
                "Facts of a sealed month: exact decimals with ids to cite and the digests of their questions. At most 200.",
            parameters: [
                month, ("prefix", "The beginning of their ids, such as total. or service.", false),
                ("ids", "Ids, separated by commas.", false),
            ]),
        ModelContextTool(
            name: "finops_explain_variance",
            description: "The arithmetic of gate G4 in a run: both layers and what differs by definition.",
            parameters: [run]),
        ModelContextTool(
            name: "finops_get_report", description: "A link to a report of a sealed month, to be read as a resource.",
            parameters: [month, ("name", "A file name such as cfo.md; without it all are listed.", false)]),
        ModelContextTool(
            name: "finops_verify_archive",
            description: "Verify every sealed month offline: digests, signatures, chain, gates judged again.",
            parameters: []),
        ModelContextTool(
            name: "finops_start_run",
            description:
                "Start the month's run and return at once; asking again for the same month finds the run that is there. Costs about USD 0.05 at AWS.",
            effect: .writes,
            parameters: [
                ("month", "A month as YYYY-MM.", true),
                ("all_profile", "The AWS profile of the organisation.", false),
                ("sample", "`true` uses the embedded sample estate; nothing is billed.", false),
            ]),
        ModelContextTool(
            name: "finops_resume_run",
            description: "Go on with a run that was interrupted or decided; returns at once.",
            effect: .writes, parameters: [run]),
        ModelContextTool(
            name: "finops_propose_narrative",
            description:
                "Propose a paragraph about a sealed month. Figures are placeholders {{fact|policy}}; the text is verified, and refused with reasons when it writes one itself. What holds is kept as a draft; nothing is published.",
            effect: .writes, parameters: [month, ("text", "One to twelve sentences.", true)]),
        ModelContextTool(
            name: "finops_request_approval",
            description:
                "The approval request of a run that waits: its path, its digest, when it expires, and what a person must run. Approves nothing.",
            parameters: [run]),
    ]
}
