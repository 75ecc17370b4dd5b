import FinOps
import Foundation
import OpenSSL
import TestSupport
import Testing

@testable import Evidence

/// Ways to get a decision counted that should not be, each with the word it is refused by. What needs a run, a terminal or a
/// process to be tried stands in `TwelvePropertiesTests`, `ApprovalTests`, `OfflineApprovalTests` and
/// `TerminalApprovalTests`.
@Suite("Attacks on an approval")
struct ApprovalAttackTests {
    struct Attack: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let word: ApprovalRefusal
        var receivedOn = "2026-03-02T00:00:05Z"
        let make: @Sendable (Decisions) throws -> Data

        init(
            _ name: String, _ word: ApprovalRefusal, receivedOn: String = "2026-03-02T00:00:05Z",
            _ make: @escaping @Sendable (Decisions) throws -> Data
        ) {
            (testDescription, self.word, self.receivedOn, self.make) = (name, word, receivedOn, make)
        }
    }

    /// Signed by alice over whatever the predicate was made to say.
    private static func forged(
        _ decisions: Decisions, with key: ECDSAPrivateKey? = nil, _ edit: (inout [String: Any]) -> Void
    ) throws -> Data {
        let honest = try SigstoreBundle(try decisions.sign())
        var statement = try JSONSerialization.jsonObject(with: honest.payload) as? [String: Any] ?? [:]
        edit(&statement)
        let payload = try JSONSerialization.data(
            withJSONObject: statement, options: [.sortedKeys, .withoutEscapingSlashes])
        return try SigstoreBundle(signing: payload, with: key ?? decisions.alice).encoded()
    }

    private static func predicate(
        _ field: String, _ value: (any Sendable)?
    ) -> @Sendable (Decisions) throws -> Data {
        { decisions in
            try forged(decisions) { statement in
                var predicate = statement["predicate"] as? [String: Any] ?? [:]
                // Nil is JSON's null, not an absent field.
                predicate[field] = value ?? NSNull()
                statement["predicate"] = predicate
            }
        }
    }

    private static let zero = String(repeating: "0", count: 64)

    static let attacks: [Attack] = [
        Attack("another report", .wrongDeliverables) { decisions in
            try forged(decisions) {
                $0["subject"] = [["name": "deliverables", "digest": ["sha256": zero]]]
            }
        },
        Attack("the right report beside another", .wrongDeliverables) { decisions in
            try forged(decisions) { statement in
                let right = (statement["subject"] as? [Any]) ?? []
                statement["subject"] = right + [["name": "deliverables", "digest": ["sha256": zero]]]
            }
        },
        Attack("no report at all", .wrongDeliverables) { try forged($0) { $0["subject"] = [] as [Any] } },
        Attack("other facts", .wrongFacts, predicate("facts", zero)),
        Attack("a threshold edited after the request", .policyDiffers, predicate("policy", zero)),
        Attack("another month", .wrongPeriod, predicate("period", "2026-03")),
        Attack("another place in the chain", .wrongSequence, predicate("seq", 3)),
        Attack(
            "after another seal", .wrongPrevious,
            predicate("previous", ["name": "2026-01", "digest": ["sha256": zero]] as [String: any Sendable])),
        Attack("after no seal", .wrongPrevious, predicate("previous", nil)),
        Attack(
            "another chain that also begins with nothing", .wrongLog,
            predicate("logId", "ffeeddccbbaa99887766554433221100")),
        Attack("another request", .wrongRequest, predicate("requestId", "2026-02#2-0011223344556677")),
        Attack("an edited request of the same name", .wrongTerms, predicate("request", zero)),
        Attack("another gate", .wrongGate, predicate("gate", "G6")),
        Attack("a smaller total", .wrongTerms, predicate("total", "1.00 USD")),
        Attack("the total in another currency", .wrongTerms, predicate("total", "318841.25 NZD")),
        Attack("a higher threshold", .wrongTerms, predicate("policyThreshold", "999999.00 USD")),
        Attack("a longer validity", .wrongTerms, predicate("expiresOn", "2027-03-15T00:00:00Z")),
        Attack("approved before it was requested", .beforeRequested, predicate("decidedOn", "2026-02-28T23:59:59Z")),
        Attack("one second late by the approver's clock", .expired, predicate("decidedOn", "2026-03-15T00:00:01Z")),
        Attack("one second late by the run's clock", .expired, receivedOn: "2026-03-15T00:00:01Z") { try $0.sign() },
        Attack("decided in the future", .afterReceived, predicate("decidedOn", "2026-03-02T00:05:06Z")),
        Attack("an unknown key", .unknownKey) { try $0.sign(with: .generate()) },
        Attack("the runner's key", .runnerKey) { try $0.sign(with: $0.runner) },
        Attack("in bob's name with alice's key", .anotherName, predicate("approver", "bob")),
        Attack("a homoglyph of alice", .anotherName, predicate("approver", "аlice")),
        Attack("alice in capitals", .anotherName, predicate("approver", "Alice")),
        Attack("alice with a space", .anotherName, predicate("approver", "alice ")),
        Attack("nothing reviewed", .nothingReviewed, predicate("reviewed", [] as [String])),
        Attack("no comment", .nothingReviewed, predicate("comment", " \n")),
        Attack("on behalf of somebody", .delegationNotOffered, predicate("onBehalfOf", "bob")),
        Attack("a decision that is none", .malformed, predicate("decision", "maybe")),
        Attack("another kind of statement", .malformed) {
            try forged($0) { $0["predicateType"] = "https://finops-monthly.dev/run/v1" }
        },
        Attack("a signature over other words", .unknownKey) { decisions in
            let honest = try JSONSerialization.jsonObject(with: decisions.sign()) as? [String: Any] ?? [:]
            var envelope = honest["dsseEnvelope"] as? [String: Any] ?? [:]
            let payload = Data(base64Encoded: envelope["payload"] as? String ?? "") ?? Data()
            let other = String(decoding: payload, as: UTF8.self).replacing("as expected", with: "as  expected")
            envelope["payload"] = Data(other.utf8).base64EncodedString()
            let edited = honest.merging(["dsseEnvelope": envelope]) { $1 }
            return try JSONSerialization.data(withJSONObject: edited, options: [.sortedKeys, .withoutEscapingSlashes])
                + Data("\n".utf8)
        },
        Attack("two signatures in one envelope", .malformed) { decisions in
            let honest = try JSONSerialization.jsonObject(with: decisions.sign()) as? [String: Any] ?? [:]
            var envelope = honest["dsseEnvelope"] as? [String: Any] ?? [:]
            let signatures = envelope["signatures"] as? [Any] ?? []
            envelope["signatures"] = signatures + signatures
            return try JSONSerialization.data(withJSONObject: honest.merging(["dsseEnvelope": envelope]) { $1 })
        },
        Attack("words after the bundle", .malformed) { try $0.sign() + Data("{}".utf8) },
        Attack("a file larger than any decision", .malformed) { _ in Data(repeating: 32, count: (1 << 20) + 1) },
        Attack("an empty file", .malformed) { _ in Data() },
    ]

    @Test(arguments: attacks)
    func `is refused with its own word`(attack: Attack) throws {
        let decisions = try Decisions()
        let bundle = try attack.make(decisions)
        let check = ApprovalVerifier(request: decisions.request, trust: decisions.trust)
            .verify(bundle, receivedOn: try #require(Timestamp(attack.receivedOn)))
        #expect(check == .refused(attack.word, bundle: SystemHashing().sha256(bundle)))
        // And no number of such files adds up to an approval.
        let tally = ApprovalTally(
            (1...3).map { _ in .init(bundle: bundle, receivedOn: Timestamp(attack.receivedOn)!) },
            request: decisions.request, trust: decisions.trust)
        #expect(tally.outcome == .waiting)
        ProofFigures.add("attacks on an approval", ["refused by their own word": 1])
    }

    /// What the table is worth: with any one of the rules left out, an attack gets through or is refused by another word.
    @Test(
        arguments: Set(attacks.map(\.word)).subtracting([.malformed, .unknownKey, .anotherName]).sorted {
            $0.rawValue < $1.rawValue
        })
    func `would notice if nobody looked for`(word: ApprovalRefusal) throws {
        let decisions = try Decisions()
        var rules = ApprovalRules.standard
        rules.overlooked = [word]
        let noticed = try Self.attacks.filter { attack in
            let bundle = try attack.make(decisions)
            let check = ApprovalVerifier(request: decisions.request, trust: decisions.trust, rules: rules)
                .verify(bundle, receivedOn: try #require(Timestamp(attack.receivedOn)))
            return check != .refused(attack.word, bundle: SystemHashing().sha256(bundle))
        }
        #expect(!noticed.isEmpty)
        ProofFigures.add("rules left out of the verification of decisions", ["found": 1])
        print("planted bug overlooked(\(word)): found by the attack \(noticed.first?.testDescription ?? "")")
    }

    @Test func `every word but the window's and the policy's is the word of some attack`() {
        let tried = Set(Self.attacks.map(\.word))
        // Tried in `ApprovalVerifierTests` and `ApprovalTests`: they need another trust folder or another policy.
        #expect(
            Set(ApprovalRefusal.allCases).subtracting(tried) == [.keyOutsideWindow, .notAnApprover, .requesterApproves])
    }
}
