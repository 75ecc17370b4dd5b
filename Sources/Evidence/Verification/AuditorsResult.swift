public import FinOps

/// What an auditor found, as an in-toto Simple Verification Result v0.2: the properties that hold, and nothing about those that do
/// not. Others may rely on it without verifying anew, if they trust this auditor.
public struct AuditorsResult: StatementPredicate {
    public static let predicateType = "https://in-toto.io/attestation/svr/v0.2"

    public enum Property: String, Codable, Sendable, CaseIterable {
        /// Every digest, signature, decision, stamp and link holds.
        case archiveAsSealed = "FINOPS_ARCHIVE_AS_SEALED"
        /// Every gate judged again says what it said.
        case gatesAgree = "FINOPS_GATES_AGREE"
        /// A trusted authority has stamped every seal.
        case sealsStamped = "FINOPS_SEALS_STAMPED"
        /// The keys were the auditor's own copy, not the archive's.
        case keysPinned = "FINOPS_KEYS_PINNED"
        /// The chain holds a head that the auditor knew from elsewhere.
        case headKnown = "FINOPS_HEAD_KNOWN"
    }

    public struct Verifier: Hashable, Codable, Sendable {
        /// A URI with the version of the rules.
        public let id: String
        /// The policies in force that the gates were judged again by, one for each month that carries one.
        public let policies: [NamedDigest]
    }

    public let verifier: Verifier
    public let timeCreated: Timestamp
    public let properties: [Property]

    /// The statement to sign: its subjects are the manifests of every month that was read, and the head of their chain.
    public static func statement(
        about report: VerificationReport, properties: [Property], toolVersion: String, on time: Timestamp
    ) -> Statement<AuditorsResult> {
        func each(_ path: String) -> [NamedDigest] {
            report.months.compactMap { month in
                month.files[path].map { NamedDigest(name: "\(month.folder)/\(path)", digest: Digest(of: $0)) }
            }
        }
        let head = report.head.map { [NamedDigest(name: ArchiveLayout.headName, digest: $0)] } ?? []
        return Statement(
            subject: each(BagPath.tagManifest) + head,
            predicate: AuditorsResult(
                verifier: Verifier(
                    id: "https://finops-monthly.dev/verify/\(toolVersion)", policies: each(BagPath.policy)),
                timeCreated: time, properties: properties))
    }
}

extension VerificationReport {
    /// Whether every month carries a stamp that holds.
    public var isStamped: Bool {
        !months.isEmpty
            && months.allSatisfy { month in
                lines.contains {
                    $0.month == month.folder.description && $0.check == StampCheck.ofSeal && $0.word == .ok
                }
            }
    }
}
