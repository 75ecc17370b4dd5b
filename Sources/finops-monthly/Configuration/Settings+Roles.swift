import Agents
import FinOps
import Foundation

/// Programs that take a seat: those `roles` names, and `finops-role-NAME` on the PATH for seats it does not name.
extension Settings {
    /// - Parameter path: The PATH that is searched; the programs themselves get none.
    func rolePrograms(path: String) throws -> [RoleProgram] {
        let deadline = try value(.roleDeadlineSeconds, as: "a whole number of seconds from 1 to 600") {
            Int($0).flatMap { (1...600).contains($0) ? $0 : nil }
        }!
        let seats = AgentRoster.all.map(\.name)
        let named = try list(
            .roles, as: "SEAT=/PATH/TO/PROGRAM ARGUMENTS for one of \(seats.joined(separator: ", "))"
        ) { text -> RoleProgram? in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            let command = parts.count == 2 ? parts[1].split(separator: " ").map(String.init) : []
            guard command.first?.hasPrefix("/") == true, seats.contains(parts[0]) else { return nil }
            return RoleProgram(role: parts[0], command: command, deadlineSeconds: deadline)
        }
        for program in named where !FileManager.default.isExecutableFile(atPath: program.command[0]) {
            throw InputError(
                "no_role_program",
                "\(program.command[0]), which `roles` seats as \(program.role), is no executable file",
                hint: "correct the path, or `chmod +x` the file")
        }
        let found = seats.filter { seat in !named.contains { $0.role == seat } }.compactMap { seat in
            path.split(separator: ":").map { "\($0)/\(RoleProgram.executableName(of: seat))" }
                .first { $0.hasPrefix("/") && FileManager.default.isExecutableFile(atPath: $0) }
                .map { RoleProgram(role: seat, command: [$0], deadlineSeconds: deadline) }
        }
        return named + found
    }
}
