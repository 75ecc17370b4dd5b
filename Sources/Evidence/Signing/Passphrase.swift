/// Where the passphrase of a key comes from: the environment, then what the settings name, then a person. Never from a flag,
/// which other users could read.
public struct Passphrase: Sendable {
    public static let variable = "FINOPS_KEY_PASSPHRASE"

    /// Answers nil when it has none for this key.
    public typealias Source = @Sendable (_ key: String) async throws -> String?

    private let sources: [Source]

    /// The first source that has an answer is taken; an empty one is none.
    public init(_ sources: [Source]) { self.sources = sources }

    public static func environment(_ variables: [String: String]) -> Source { { _ in variables[variable] } }

    /// Nil when no source has one.
    public func ask(_ key: String) async throws -> String? {
        for source in sources {
            if let given = try await source(key), !given.isEmpty { return given }
        }
        return nil
    }
}
