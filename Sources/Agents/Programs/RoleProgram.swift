public import FinOps

/// An executable that takes a seat beside the built-in role: JSON on stdin, JSON on stdout, a log on stderr.
public struct RoleProgram: Hashable, Sendable {
    /// Changes when requests or answers would be read differently.
    public static let protocolName = "finops.role/1"

    /// Whose seats it takes: `qa-engineer`.
    public let role: String
    /// An absolute path and its arguments; no shell sees them.
    public let command: [String]
    public let deadlineSeconds: Int

    public init(role: String, command: [String], deadlineSeconds: Int = 60) {
        self.role = role
        self.command = command
        self.deadlineSeconds = deadlineSeconds
    }

    /// The file's own name, for logs and tables.
    public var label: String { command.first?.split(separator: "/").last.map(String.init) ?? role }

    /// Programs on the PATH are called so: `finops-role-qa-engineer`.
    public static func executableName(of role: String) -> String { "finops-role-\(role)" }

    /// The phases at which it is heard are those of the built-in role.
    public func sits(at phase: PhaseID) -> Bool {
        AgentRoster.all.first { $0.name == role }?.seats.contains(phase) ?? false
    }
}
