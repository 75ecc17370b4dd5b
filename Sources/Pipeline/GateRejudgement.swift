public import Evidence
public import FinOps
public import Foundation
import Gates

/// Judges every archived product again. Gates are pure, so years later and on any machine they must say the same; where they
/// do not, either the product or the verdict was not what the run saw.
public struct GateRejudgement: Sendable {
    public struct Comparison: Hashable, Codable, Sendable {
        public let gate: GateID
        public let recorded: Verdict.Outcome?
        /// Nil when the product is missing or unreadable.
        public let again: Verdict.Outcome?

        public var agrees: Bool { recorded != nil && recorded == again }
    }

    /// The files of the bag by path, as the verifier read them.
    private let files: [String: Data]
    private let gates: [GateID]

    /// A month that was skipped or failed was judged by the gates its seal names; any other by all of them.
    public init(_ month: ArchivedMonth) {
        let isUnclaimed = [.skipped, .failed].contains(month.predicate?.outcome)
        self.init(
            files: month.files,
            gates: GateRejudgement.all.filter { !isUnclaimed || month.predicate?.gates[$0.rawValue] != nil })
    }

    public init(files: [String: Data]) { self.init(files: files, gates: GateRejudgement.all) }

    private init(files: [String: Data], gates: [GateID]) {
        self.files = files
        self.gates = gates
    }

    private static let all = GateID.allCases.filter { $0 < .g8 }

    public func compare() -> [Comparison] {
        let recorded = decode([Verdict].self, "gates.json") ?? []
        let again = judgeAgain()
        return gates.map { gate in
            Comparison(
                gate: gate, recorded: recorded.first { $0.gate == gate }?.outcome,
                again: again.first { $0.gate == gate }?.outcome)
        }
    }

    private func judgeAgain() -> [Verdict] {
        guard let policy = decode(RunPolicy.self, "policy.json") else { return [] }
        let gates = GateCatalog.standard
        return judge("products/preflight-report.json", gates.preflight, policy)
            + judge("products/account-inventory.json", gates.discovery, policy)
            + judge("cross-validation.json", gates.crossValidation, policy)
            + judge("products/deliverable-set.json", gates.reporting, policy)
            + judge("products/screenshot-set.json", gates.visualVerification, policy)
            + judge("products/approval-state.json", gates.approval, policy)
    }

    private func judge<Product: Decodable>(
        _ path: String, _ gates: [any Gate<Product>], _ policy: RunPolicy
    ) -> [Verdict] {
        guard let product = decode(Product.self, path) else { return [] }
        return gates.map { $0.judge(product, under: policy) }
    }

    private func decode<Value: Decodable>(_ type: Value.Type, _ path: String) -> Value? {
        files["data/" + path].flatMap { try? JSONText.decode(type, from: $0) }
    }
}
