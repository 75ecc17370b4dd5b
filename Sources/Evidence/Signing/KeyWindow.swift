/// The places in the chain of months for which a key counts. Places and not dates: a place is signed by everyone who relies on
/// it and follows the one before, while anybody can set a clock back.
///
/// Written in the name of the key's file: `alice.pub` counts everywhere, `alice@-14.pub` up to place 14, `alice@15-.pub` from
/// there on.
public struct KeyWindow: Hashable, Sendable, LosslessStringConvertible {
    /// Nil is from the beginning.
    public let first: Int?
    /// Nil is without end.
    public let last: Int?

    public static let always = KeyWindow(first: nil, last: nil)

    public static func from(_ sequence: Int) -> KeyWindow { KeyWindow(first: sequence, last: nil) }

    public static func only(_ sequence: Int) -> KeyWindow { KeyWindow(first: sequence, last: sequence) }

    init(first: Int?, last: Int?) {
        self.first = first
        self.last = last
    }

    /// `-14`, `15-` or `3-14`; nil for anything else.
    public init?(_ text: String) {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard ends.count == 2, ends != ["", ""] else { return nil }
        func place(_ text: String) -> Int? { Int(text).flatMap { $0 > 0 && String($0) == text ? $0 : nil } }
        // One spelling only: `07` or `+7` is a file somebody else named.
        guard ends.allSatisfy({ $0.isEmpty || place($0) != nil }) else { return nil }
        self.init(first: place(ends[0]), last: place(ends[1]))
        if let first, let last, first > last { return nil }
    }

    public func contains(_ sequence: Int) -> Bool { sequence >= first ?? 1 && sequence <= last ?? .max }

    /// The same window closed after a place.
    func ending(with last: Int) -> KeyWindow { KeyWindow(first: first, last: last) }

    public var description: String { "\(first.map(String.init) ?? "")-\(last.map(String.init) ?? "")" }

    /// For people: `for every month`, `up to place 14 of the chain`.
    public var words: String {
        switch (first, last) {
        case (nil, nil): "for every month"
        case (nil, let last?): "up to place \(last) of the chain"
        case (let first?, nil): "from place \(first) of the chain"
        case (let first?, let last?): "for places \(first) to \(last) of the chain"
        }
    }
}
