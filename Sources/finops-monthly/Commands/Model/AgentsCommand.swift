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
            let table = AnswerTable(
                columns: ["seat", "phases", "who", "protocol", "last verdict"].map { .init(name: $0) },
                rows: seats.map { seat in
                    [
                        seat.seat, seat.phases.joined(separator: " "), seat.program ?? "built in", seat.protocol ?? "",
                        seat.lastVerdict.map { "\($0) (\(seat.lastMonth ?? ""))" } ?? "none yet",
                    ]
                })
            global.terminal.output(table.text)
            return .complete
        }
    }
}

private struct AgentsReport: Encodable {
    let schema = 1
    let seats: [Seat]
}

private struct Seat: Encodable {
    let seat: String
    let phases: [String]
    /// Nil for the built-in role.
    let program: String?
    let `protocol`: String?
    let lastVerdict: String?
    let lastMonth: String?

    init(_ role: any Role, _ program: RoleProgram?, _ logs: CoordinationLogShelf) {
        seat = role.name
        phases = role.seats.map(\.rawValue)
        self.program = program?.command.joined(separator: " ")
        `protocol` = program.map { _ in RoleProgram.protocolName }
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
