import FinOps
import Foundation
import HTTP
import Testing

@testable import AWS

/// What is sent to SES and SNS when the wire misbehaves: each message once, and never a guess.
@Suite struct MessagingTests {
    private static let sent = ScriptedWire.Step.json(#"{"MessageId":"010001"}"#)

    private func send(_ wire: ScriptedWire, clock: any FinOps.Clock = ManualClock()) async throws -> MessageOutcome {
        var environment = staticKeys
        environment["AWS_REGION"] = "eu-west-1"
        return try await services(wire, environment: environment, clock: clock).messaging.send(
            Data("Subject: x\r\n\r\ny\r\n".utf8), from: "finops@example.org", to: "cfo@example.org",
            deadlineSeconds: 60)
    }

    @Test func `a message is one request on a connection of its own`() async throws {
        let wire = ScriptedWire([Self.sent])
        #expect(try await send(wire) == .accepted(id: "010001"))
        let request = try #require(wire.requests.first)
        #expect(request.url == "https://email.eu-west-1.amazonaws.com/v2/email/outbound-emails")
        #expect(request.wantsNewConnection)
        #expect(request.headers["amz-sdk-request"] == "attempt=1; max=1")
        #expect(request.headers["Authorization"]?.contains("/eu-west-1/ses/aws4_request") == true)
    }

    @Test(arguments: [
        (ScriptedWire.Step.refusal("TooManyRequestsException", status: 429), Trouble.Kind.throttled),
        (.refusal("LimitExceededException"), .throttled),
        (.refusal("AccessDeniedException", status: 403), .accessDenied),
        (.refusal("MessageRejected"), .invalidRequest), (.failure(.connect), .unreachable),
        (.failure(.resolve), .unreachable), (.failure(.certificate), .unreachable),
    ])
    func `what was refused, or never got there, was certainly not sent; it is not tried again`(
        step: ScriptedWire.Step, kind: Trouble.Kind
    ) async throws {
        let wire = ScriptedWire([step])
        guard case .refused(let trouble) = try await send(wire) else {
            Issue.record("not a refusal")
            return
        }
        #expect(trouble.kind == kind)
        #expect(wire.requests.count == 1)
    }

    @Test(arguments: [
        ScriptedWire.Step.failure(.reset), .failure(.timeout), .failure(.truncated), .failure(.stale),
        .failure(.lowSpeed), .json("", status: 500), .refusal("InternalFailure", status: 503), .json("{}"),
        .json("<html>"),
    ])
    func `what nobody answered, or nobody can read, is unknown; it is not tried again`(step: ScriptedWire.Step)
        async throws
    {
        let wire = ScriptedWire([step])
        guard case .unknown = try await send(wire) else {
            Issue.record("a guess")
            return
        }
        #expect(wire.requests.count == 1)
    }

    @Test func `a clock that is wrong is corrected, since nothing was done before the signature was looked at`()
        async throws
    {
        let late = ScriptedWire.Step.refusal(
            "RequestTimeTooSkewed", status: 403, ["Date": "Mon, 09 Mar 2037 08:08:09 GMT"])
        let wire = ScriptedWire([late, Self.sent])
        #expect(try await send(wire) == .accepted(id: "010001"))
        #expect(wire.requests.count == 2)
    }

    @Test(arguments: [
        "", "finops", "arn:aws:sns:eu-west-1:111122223333:", "arn:aws:sns:eu-west-1:111122223333:finops:subscription",
        "arn:aws:sqs:eu-west-1:111122223333:finops", "arn:aws:sns::111122223333:finops",
    ])
    func `a topic is named by its ARN`(text: String) {
        let error = #expect(throws: InputError.self) { try TopicARN(text) }
        #expect(text.isEmpty || error?.summary.contains(text) == false, "what people put there is theirs")
    }
}
