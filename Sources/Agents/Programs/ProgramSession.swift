public import FinOps
import Foundation
public import Grounding

/// Hears one program. Whatever it does – hang, flood, crash, answer rubbish – costs its deadline and an entry in the log.
public struct ProgramSession: Sendable {
    public let program: RoleProgram
    private let processes: any ProcessRunner
    private let hashing: any Hashing

    public static let outputLimitBytes = 1 << 20

    public init(_ program: RoleProgram, processes: any ProcessRunner, hashing: any Hashing) {
        self.program = program
        self.processes = processes
        self.hashing = hashing
    }

    /// - Parameters:
    ///   - verifier: Of the month's facts; nil before there are any.
    ///   - print: Puts the facts into a text that was accepted.
    public func review(
        _ briefing: RoleBriefing, period: BillingMonth, verifier: GroundingVerifier?,
        print: (GroundedText) -> String
    ) async -> ProgramReview {
        let request = (try? JSONText.line(RoleRequest(program, period: period, briefing))) ?? Data()
        let requestDigest = hashing.sha256(request)
        var answerDigest: Digest?
        var wasNetworkDenied: Bool?
        func abstained(_ outcome: ProgramTrace.Outcome, _ text: String) -> ProgramReview {
            ProgramReview(
                review: RoleReview(
                    role: program.role, phase: briefing.phase, examined: briefing.examined,
                    findings: [RoleFinding(id: "PROGRAM", severity: .note, text: text)], verdict: .abstain,
                    program: program.label),
                trace: ProgramTrace(
                    program, outcome, request: requestDigest, answer: answerDigest,
                    wasNetworkDenied: wasNetworkDenied))
        }
        do {
            let result = try await processes.run(
                ProcessInvocation(
                    executable: program.command.first ?? "", arguments: Array(program.command.dropFirst()),
                    deadlineSeconds: program.deadlineSeconds, outputLimitBytes: Self.outputLimitBytes,
                    standardInput: request, confinement: ProcessConfinement()))
            wasNetworkDenied = result.wasNetworkDenied
            guard let status = result.exitStatus else {
                return abstained(.ended, "The program was ended at its deadline or by a signal.")
            }
            guard status != 75 else { return abstained(.later, "The program asks to be tried again later.") }
            guard status == 0 else { return abstained(.crashed, "The program failed with status \(status).") }
            answerDigest = hashing.sha256(result.standardOutput)
            let answer = try RoleAnswer(result.standardOutput, verifier: verifier, print: print)
            return ProgramReview(
                review: RoleReview(
                    role: program.role, phase: briefing.phase, examined: briefing.examined, findings: answer.findings,
                    verdict: answer.verdict, program: program.label),
                trace: ProgramTrace(
                    program, .answered, request: requestDigest, answer: answerDigest,
                    wasNetworkDenied: wasNetworkDenied, provenance: answer.provenance))
        } catch let unfit as RoleAnswer.Unfit {
            return abstained(.unfit, "The answer does not count: \(unfit.reason).")
        } catch is ProcessFlood {
            return abstained(.flooded, "The program wrote more than \(Self.outputLimitBytes) bytes and was ended.")
        } catch {
            return abstained(.notStarted, "The program could not be started.")
        }
    }
}

/// What a program said, or that it said nothing, with how that came about.
public struct ProgramReview: Hashable, Sendable {
    public let review: RoleReview
    public let trace: ProgramTrace
}

/// How a program was heard: kept in its coordination log.
public struct ProgramTrace: Hashable, Codable, Sendable {
    public enum Outcome: String, Codable, Sendable, CaseIterable {
        case answered
        /// At its deadline, or by a signal.
        case ended
        case crashed, flooded
        /// Not JSON, not the schema, or not grounded in facts.
        case unfit
        /// Exit status 75.
        case later
        case notStarted = "not_started"
    }

    public let `protocol`: String
    public let program: String
    public let outcome: Outcome
    public let requestSHA256: Digest
    /// Of stdout as it came; nil when the program did not end with 0.
    public let answerSHA256: Digest?
    /// Whether the system let the program reach no other machine; nil when it was never started.
    public let networkDenied: Bool?
    /// As the program says of itself.
    public let provenance: [String: String]

    init(
        _ program: RoleProgram, _ outcome: Outcome, request: Digest, answer: Digest?, wasNetworkDenied: Bool?,
        provenance: [String: String] = [:]
    ) {
        `protocol` = RoleProgram.protocolName
        self.program = program.label
        self.outcome = outcome
        requestSHA256 = request
        answerSHA256 = answer
        networkDenied = wasNetworkDenied
        self.provenance = provenance
    }
}

extension GroundingVerifier {
    /// For comments before there are facts.
    static let withoutFacts = GroundingVerifier(
        FactBook(
            month: BillingMonth("2000-01")!, project: "", scope: .organization, metric: .unblended, currency: .usd,
            isPreliminary: false, isSample: false, exchangeRate: nil, accounts: [], services: [], unavailable: [],
            gates: [], facts: []), demandsFacts: false)
}
