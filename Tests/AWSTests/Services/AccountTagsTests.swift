import FinOps
import Foundation
import HTTP
import Testing

@testable import AWS

@Suite struct AccountTagsTests {
    private final class Organization: HTTPSending, @unchecked Sendable {
        private let answer: @Sendable (_ body: String) -> ScriptedWire.Step
        private let asked = Locked(0)
        var count: Int { asked.withLock { $0 } }

        init(_ answer: @escaping @Sendable (_ body: String) -> ScriptedWire.Step) { self.answer = answer }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            asked.withLock { $0 += 1 }
            return try await ScriptedWire([answer(request.bodyText)]).send(request)
        }
    }

    private let ids = (1...5).map { "00000000000\($0)" }

    private func tags(_ organization: Organization) async throws -> (AccountTags, APIUsage) {
        let services = try services(organization)
        return (try await services.accounts.tags(of: ids), services.meter.usage())
    }

    @Test func `every account is asked, over as many pages as it takes, and counted`() async throws {
        let organization = Organization { body in
            guard body.contains("000000000002") else { return .json(#"{"Tags":[],"NextToken":null}"#) }
            return body.contains("t1")
                ? .json(#"{"Tags":[{"Key":"Environment","Value":"prod"}]}"#)
                : .json(#"{"Tags":[{"Key":"Owner","Value":"ann"}],"NextToken":"t1"}"#)
        }
        let (found, usage) = try await tags(organization)
        #expect(found.trouble == nil)
        #expect(found.byAccount.keys.sorted() == ids)
        #expect(found.byAccount["000000000002"] == ["Owner": "ann", "Environment": "prod"])
        #expect(found.byAccount["000000000001"] == [:])
        #expect(usage.calls["organizations:ListTagsForResource"] == 6)
        #expect(usage.costUSD == .zero)
    }

    @Test func `whoever may not read one account's tags is not asked about the others`() async throws {
        let organization = Organization { _ in .refusal("AccessDeniedException") }
        let (found, _) = try await tags(organization)
        #expect(found.byAccount.isEmpty)
        #expect(found.trouble?.kind == .accessDenied)
        #expect(found.trouble?.message.hasPrefix("the tags of 5 accounts could not be read: ") == true)
        #expect(organization.count == 1)
    }

    @Test(arguments: [ScriptedWire.Step.refusal("TargetNotFoundException"), .json("{}"), .json(#"{"Tags":null}"#)])
    func `an account that does not answer costs only its own tags`(step: ScriptedWire.Step) async throws {
        let organization = Organization { $0.contains("000000000003") ? step : .json(#"{"Tags":[]}"#) }
        let (found, _) = try await tags(organization)
        #expect(found.byAccount.keys.sorted() == ids.filter { $0 != "000000000003" })
        #expect(found.trouble?.message.hasPrefix("the tags of 1 account could not be read: ") == true)
    }
}
