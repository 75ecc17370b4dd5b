public import FinOps

/// What signing in may need of this machine beside the network and AWS's files. Whatever is missing is said when a profile
/// asks for it.
public struct SignInAids: Sendable {
    /// Runs a profile's `credential_process`.
    public var processes: (any ProcessRunner)?
    /// Asks the person at the terminal for a one-time code; nil where nobody can answer. The closure returns nil when the
    /// person gave none.
    public var askPerson: (@Sendable (_ prompt: String) async -> String?)?

    public init(
        processes: (any ProcessRunner)? = nil, askPerson: (@Sendable (_ prompt: String) async -> String?)? = nil
    ) {
        self.processes = processes
        self.askPerson = askPerson
    }
}
