import FinOps
import Foundation
import Grounding
import OpenSSL
import TestSupport
import Testing

@testable import Agents

@Suite struct `Hearing a program` {
    private struct Hasher: Hashing {
        func sha256(_ bytes: Data) -> Digest { Digest(bytes: SHA256.digest(of: bytes))! }
    }

    /// Ends as it is told, and keeps what it was given.
    private final class Stage: ProcessRunner, @unchecked Sendable {
        private let ending: Result<ProcessResult, any Error>
        private(set) var invocation: ProcessInvocation?

        init(_ ending: Result<ProcessResult, any Error>) { self.ending = ending }

        func run(_ invocation: ProcessInvocation) async throws -> ProcessResult {
            self.invocation = invocation
            return try ending.get()
        }
    }

    private static let program = RoleProgram(
        role: "qa-engineer", command: ["/opt/roles/careful", "--strict"], deadlineSeconds: 5)

    private func heard(_ ending: Result<ProcessResult, any Error>) async -> (ProgramReview, ProcessInvocation?) {
        let stage = Stage(ending)
        var briefing = RoleBriefing(phase: .scoring)
        briefing.facts = SampleBook.book()
        let review = await ProgramSession(Self.program, processes: stage, hashing: Hasher()).review(
            briefing, period: SampleLedger.month, verifier: GroundingVerifier(SampleBook.book(), demandsFacts: false)
        ) { _ in "printed" }
        return (review, stage.invocation)
    }

    private func ended(_ status: Int?, _ output: String = "") -> Result<ProcessResult, any Error> {
        .success(ProcessResult(exitStatus: status, standardOutput: Data(output.utf8), standardError: Data()))
    }

    @Test func `it is started bare and confined, with the request on its input`() async throws {
        let (heard, invocation) = await heard(
            ended(0, #"{"protocol":"finops.role/1","verdict":"pass","findings":[]}"#))
        let started = try #require(invocation)
        #expect(started.executable == "/opt/roles/careful" && started.arguments == ["--strict"])
        #expect(started.environment.isEmpty && started.confinement != nil && started.deadlineSeconds == 5)
        let request = try JSONValue(parsing: started.standardInput)
        #expect(request["protocol"] == "finops.role/1" && request["role"] == "qa-engineer" && request["phase"] == "9")
        #expect(request["facts"]?["total.net"]?["value"] == "320071.777802")
        #expect(request["untrusted"]?["names"]?.elements?.count == 5)
        #expect(heard.review.verdict == .pass)
        #expect(heard.trace.outcome == .answered)
        #expect(heard.trace.program == "careful")
        #expect(heard.trace.requestSHA256 == Hasher().sha256(started.standardInput))
    }

    @Test func `a hostile name changes a request only inside its own quotation`() throws {
        func request(_ name: String) throws -> JSONValue {
            var names = SampleBook.Names()
            (names.ledgerAccount, names.database, names.unit) = (name, name, name)
            var briefing = RoleBriefing(phase: .scoring)
            briefing.facts = SampleBook.book(names: names)
            return try JSONValue(
                parsing: JSONText.line(RoleRequest(Self.program, period: SampleLedger.month, briefing)))
        }
        func renamed(_ value: JSONValue, to name: String) -> JSONValue {
            switch value {
            case .string("HARMLESS"): .string(name)
            case .array(let elements): .array(elements.map { renamed($0, to: name) })
            case .object(let members): .object(members.mapValues { renamed($0, to: name) })
            default: value
            }
        }
        let calm = try request("HARMLESS")
        for hostile in HostileTexts.all {
            let name = UntrustedText(hostile).text
            #expect(try request(hostile) == renamed(calm, to: name), "\(hostile.prefix(60))")
        }
    }

    @Test func `however it fails, it abstains and the log says why`() async {
        struct Missing: Error {}
        let endings: [(Result<ProcessResult, any Error>, ProgramTrace.Outcome)] = [
            (ended(nil), .ended), (ended(1, "{}"), .crashed), (ended(75), .later), (ended(0, "rubbish"), .unfit),
            (ended(0), .unfit), (.failure(ProcessFlood()), .flooded), (.failure(Missing()), .notStarted),
        ]
        for (ending, outcome) in endings {
            let (heard, _) = await heard(ending)
            #expect(heard.review.verdict == .abstain)
            #expect(heard.review.findings.count == 1)
            #expect(heard.trace.outcome == outcome)
        }
    }

    @Test func `no program can approve`() async {
        let (heard, _) = await heard(ended(0, #"{"protocol":"finops.role/1","verdict":"approved","findings":[]}"#))
        #expect(heard.trace.outcome == .unfit)
    }
}
