/// One way in which a wire, or whoever sits on it, goes wrong.
public enum Fault: Hashable, Sendable {
    /// Answered by someone on the way; the server behind is not asked.
    case answer(status: Int, headers: [String: String] = [:], body: String)
    /// The connection is reset as soon as it is there, before anything is read.
    case resetOnAccept
    /// The request is read, then the connection is reset.
    case resetAfterRequest
    /// The server's answer is passed on by half, then the connection is reset.
    case resetInBody
    /// The server's answer is passed on by half, then the connection is closed in good order.
    case truncated
    /// The same without a length in the head: only the content tells that the end is missing.
    case truncatedUnannounced
    /// The request is read and nothing ever comes.
    case hang
    /// One byte of the server's answer now and then, without end in sight.
    case slowLoris
    /// A connection that was kept alive is closed when it is used again: the request is read, no byte comes back.
    case staleKeepAlive
    /// The page comes again under another token before the listing goes on.
    case duplicatePage
    /// The token of the page is null: the listing seems to end here.
    case nullToken
    /// The page carries the token it was asked with, so that the listing goes round.
    case repeatedToken
    /// A page without content that promises another one.
    case emptyPage
    /// The server's answer, and the connection is closed although it was not announced.
    case closeAfterAnswer
    /// The server's answer in chunks instead of with a length.
    case chunked
    /// The server's answer without one of its header fields.
    case withoutField(String)
    /// The server's answer with another Date.
    case date(String)
}

/// Which requests a fault befalls.
public struct FaultRule: Sendable {
    /// `ce:GetCostAndUsage`; nil means every operation.
    public let operation: String?
    public let fault: Fault
    /// So many matching requests, after `skipping` others.
    public let count: Int
    public let skipping: Int
    /// Told each time the fault strikes, before the answer.
    public let onStrike: (@Sendable () -> Void)?

    public init(
        _ fault: Fault, on operation: String? = nil, count: Int = 1, skipping: Int = 0,
        onStrike: (@Sendable () -> Void)? = nil
    ) {
        self.fault = fault
        self.operation = operation
        self.count = count
        self.skipping = skipping
        self.onStrike = onStrike
    }

    public static let always = Int.max
}
