import Agents
import ArgumentParser
import Evidence
import FinOps
import Foundation

struct AgentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agents", abstract: "Who sits where, which programs share the seats, and what each said last.",
        discussion: """
            Four roles are built in. A program takes a seat beside one of them by the setting `roles`, or by its name \
            finops-role-SEAT on the PATH. A role comments; it approves nothing, skips nothing and chooses no phase.
            """)

    @Option(help: ArgumentHelp("The project evidence is filed under.", valueName: "name"))
    var project: String?

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run() async throws {
        try await global.guarded {
            let settings = try global.settings(project: project)
            let layout = try settings.layout(root: global.rootDirectory)
            let programs = try settings.rolePrograms(path: global.environment["PATH"] ?? "")
            let logs = try CoordinationLogShelf(layout: layout, fileSystem: LocalFileSystem())
            let seats = AgentRoster.all.flatMap { role in
                [Seat(role, nil, logs)] + programs.filter { $0.role == role.name }.map { Seat(role, $0, logs) }
            }
            guard global.format == .text else {
                let report = AgentsReport(seats: seats)
                let bytes =
                    global.format == .json ? try JSONText.document(report).dropLast() : try JSONText.line(report)
                global.terminal.output(String(decoding: bytes, as: UTF8.self))
                return .complete
            }
            global.terminal.output(Self.text(seats, programs))
            return .complete
        }
    }

    private static func text(_ seats: [Seat], _ programs: [RoleProgram]) -> String {
        let table = AnswerTable(
            columns: ["seat", "phases", "who", "last verdict", "month"].map { .init(name: $0) },
            rows: seats.map { seat in
                [
                    seat.seat, seat.phases.joined(separator: " "), seat.label ?? "built in",
                    seat.lastVerdict ?? "none yet", seat.lastMonth ?? "",
                ]
            })
        let versions =
            "Requests and answers of programs: \(RoleProgram.protocolName). "
            + "Coordination logs: schema \(CoordinationLog.schemaVersion)."
        let commands = programs.map { "  \($0.label)  \($0.command.joined(separator: " "))" }
        return ([table.text, "", versions] + commands).joined(separator: "\n")
    }
}

private struct AgentsReport: Encodable {
    let schema = 1
    let `protocol` = RoleProgram.protocolName
    let coordinationLogSchema = CoordinationLog.schemaVersion
    let seats: [Seat]
}

private struct Seat: Encodable {
    let seat: String
    let phases: [String]
    /// Nil for the built-in role.
    let program: String?
    let lastVerdict: String?
    let lastMonth: String?
    /// The program's file name, for tables.
    let label: String?

    private enum CodingKeys: String, CodingKey { case seat, phases, program, lastVerdict, lastMonth }

    init(_ role: any Role, _ program: RoleProgram?, _ logs: CoordinationLogShelf) {
        seat = role.name
        phases = role.seats.map(\.rawValue)
        self.program = program?.command.joined(separator: " ")
        label = program?.label
        let last = logs.last(of: role.name, program: program?.label)
        lastVerdict = last?.verdict.rawValue
        lastMonth = last?.month.description
    }
}

/// The coordination logs of a project, newest last. What cannot be read as one is somebody else's file.
private struct CoordinationLogShelf {
    private let logs: [CoordinationLog]

    init(layout: ArchiveLayout, fileSystem: any FileSystem) throws {
        let folder = layout.coordinationLogs
        guard try fileSystem.exists(folder) else {
            logs = []
            return
        }
        logs = try fileSystem.list(folder).filter { $0.hasSuffix(".json") }
            .compactMap { try? JSONText.decode(CoordinationLog.self, from: fileSystem.read("\(folder)/\($0)")) }
            .sorted { ($0.writtenAt, $0.phase) < ($1.writtenAt, $1.phase) }
    }

    func last(of role: String, program: String?) -> CoordinationLog? {
        logs.last { $0.role == role && $0.program?.program == program }
    }
}
