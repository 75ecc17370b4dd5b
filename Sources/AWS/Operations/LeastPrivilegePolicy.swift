import FinOps
public import Foundation

/// The IAM policy an identity needs for everything this tool can ask, and nothing else: the table of reads, printed.
public struct LeastPrivilegePolicy: Hashable, Sendable {
    struct Statement: Hashable, Sendable, Encodable {
        let Sid: String
        let Effect: String
        let Action: [String]
        /// None of these reads can be narrowed to one resource that a month does without.
        let Resource: String
    }

    let statements: [Statement]

    /// - Parameter includesCheckup: With what `doctor` needs to look for permissions to write; a month does without.
    public init(includesCheckup: Bool = true) {
        let purposes: [ReadOperation.Purpose] = includesCheckup ? [.month, .checkup] : [.month]
        statements = purposes.map { purpose in
            let actions = Set(ReadOperation.allCases.filter { $0.purpose == purpose }.compactMap(\.permission))
            return Statement(Sid: purpose.rawValue, Effect: "Allow", Action: actions.sorted(), Resource: "*")
        }
    }

    /// Every action it allows, sorted.
    public var actions: [String] { statements.flatMap(\.Action).sorted() }

    /// As IAM takes it, newline-terminated.
    public func document() throws -> Data {
        try JSONText.document(Document(Version: "2012-10-17", Statement: statements))
    }

    private struct Document: Encodable {
        let Version: String
        let Statement: [LeastPrivilegePolicy.Statement]
    }
}
