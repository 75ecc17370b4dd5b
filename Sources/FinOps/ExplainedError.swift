/// Trouble, told to a person. A verdict is a value and never thrown; what is thrown carries a stable code for programs,
/// one sentence for people, its cause, and the remedy.
public protocol ExplainedError: Error, Sendable {
    /// Stable and machine-read, e.g. `expired_token`. Callers decide by this, never by the text.
    var code: String { get }
    /// One sentence without a full stop, naming file, line, flag or request.
    var summary: String { get }
    /// What lies underneath, already in words.
    var cause: String? { get }
    /// What to do now; shown after `hint:`.
    var hint: String? { get }
}

/// A file, flag or setting that a person must correct. Ends with exit status 64 and has changed nothing.
public struct InputError: ExplainedError, Hashable {
    public let code: String
    public let summary: String
    public let cause: String?
    public let hint: String?

    public init(_ code: String, _ summary: String, cause: String? = nil, hint: String? = nil) {
        self.code = code
        self.summary = summary
        self.cause = cause
        self.hint = hint
    }
}
