import FinOps
import Foundation
import HTTP
import Testing

@testable import AWS

@Suite struct WriteAccessTests {
    private func identity(_ arn: String) -> CallerIdentity {
        CallerIdentity(account: "111122223333", arn: arn, userID: "U", requestID: nil)
    }

    private static let user = "arn:aws:iam::111122223333:user/team/ann"

    private func page(allowing: Set<String>, of actions: [String], marker: String? = nil) -> ScriptedWire.Step {
        let members = actions.map {
            "<member><EvalActionName>\($0)</EvalActionName><EvalResourceName>*</EvalResourceName><EvalDecision>"
                + (allowing.contains($0) ? "allowed" : "explicitDeny") + "</EvalDecision></member>"
        }
        return .json(
            "<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults>\(members.joined())"
                + "</EvaluationResults><IsTruncated>\(marker != nil)</IsTruncated>"
                + (marker.map { "<Marker>\($0)</Marker>" } ?? "")
                + "</SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>")
    }

    @Test func `a user's own policies are simulated, over every page`() async throws {
        let writes = WriteAccess.typicalWrites
        let wire = ScriptedWire([
            page(allowing: ["s3:PutObject"], of: Array(writes.prefix(3)), marker: "m"),
            page(allowing: ["s3:PutObject"], of: Array(writes.dropFirst(3))),
        ])
        let found = try await services(wire).writeAccess.allowedWrites(of: identity(Self.user))
        #expect(found == ["s3:PutObject"])
        #expect(wire.requests.count == 2)
        let first = wire.requests[0].bodyText
        #expect(first.contains("PolicySourceArn=" + FormBody.escaped(Self.user)))
        #expect(first.contains("ActionNames.member.\(writes.count)="))
        #expect(!first.contains("Marker="))
        #expect(wire.requests[1].bodyText.contains("Marker=m"))
    }

    @Test func `a session is asked about as its role, whose path only IAM knows`() async throws {
        let arn = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Read_1"
        let wire = ScriptedWire([
            .json("<GetRoleResponse><GetRoleResult><Role><Arn>\(arn)</Arn></Role></GetRoleResult></GetRoleResponse>"),
            page(allowing: [], of: WriteAccess.typicalWrites),
        ])
        let session = identity("arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Read_1/ann@example.com")
        #expect(try await services(wire).writeAccess.allowedWrites(of: session) == [])
        #expect(wire.requests[0].bodyText.contains("RoleName=AWSReservedSSO_Read_1"))
        #expect(wire.requests[1].bodyText.contains(FormBody.escaped(arn)))
    }

    @Test func `the root user can do everything, and nobody is asked`() async throws {
        let wire = ScriptedWire([.refusal("Unexpected")])
        let found = try await services(wire).writeAccess.allowedWrites(of: identity("arn:aws:iam::111122223333:root"))
        #expect(found == WriteAccess.typicalWrites)
        #expect(wire.requests.isEmpty)
    }

    @Test func `a federated user cannot be simulated, and that is said`() async throws {
        let wire = ScriptedWire([.refusal("Unexpected")])
        let federated = identity("arn:aws:sts::111122223333:federated-user/ann")
        let found = await trouble { try await services(wire).writeAccess.allowedWrites(of: federated) }
        #expect(found?.code == "NoPolicySource")
    }

    @Test func `an action without a decision is not taken for denied`() async throws {
        let wire = ScriptedWire([page(allowing: [], of: Array(WriteAccess.typicalWrites.dropLast()))])
        let found = await trouble { try await services(wire).writeAccess.allowedWrites(of: identity(Self.user)) }
        #expect(found?.kind == .inconsistent)
    }

    @Test func `who may not ask is told so`() async throws {
        let wire = ScriptedWire([
            .json(
                "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>",
                status: 403)
        ])
        let found = await trouble { try await services(wire).writeAccess.allowedWrites(of: identity(Self.user)) }
        #expect(found?.kind == .accessDenied)
        #expect(found?.operation == "iam:SimulatePrincipalPolicy")
    }
}
