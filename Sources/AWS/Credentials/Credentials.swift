import FinOps

/// Keys that sign requests. Never printed: its description shows the first part of the access key alone.
struct Credentials: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    let accessKeyID: String
    let secretAccessKey: String
    let sessionToken: String?
    /// Nil for keys that do not expire, or whose end nobody told us.
    let expiration: Timestamp?

    init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil, expiration: Timestamp? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
    }

    var description: String { "credentials \(accessKeyID.prefix(4))…" }
    var customMirror: Mirror { Mirror(self, children: [:]) }

    func expires(before moment: Timestamp) -> Bool { expiration.map { $0 < moment } ?? false }
}
