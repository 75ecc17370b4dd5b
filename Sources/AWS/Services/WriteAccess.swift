public import FinOps
import Foundation

/// Asks IAM which typical writes an identity is allowed. Nothing is written: IAM only says what it would decide.
public struct WriteAccess: Sendable {
    /// One of each kind that would hurt: compute, data, people, accounts, costs, money. Names of IAM actions, which this
    /// client has no way of sending as requests.
    public static let typicalWrites = [
        "budgets:ModifyBudget", "ce:CreateCostCategoryDefinition", "ec2:TerminateInstances", "iam:AttachRolePolicy",
        "iam:CreateUser", "lambda:CreateFunction", "organizations:CreateAccount", "rds:DeleteDBInstance",
        "s3:DeleteBucket", "s3:PutObject",
    ]

    let caller: any AWSCaller

    /// The typical writes that `identity` may do to every resource, sorted; empty when none. Permissions on single named
    /// resources are not found. Throws `Trouble`: `accessDenied` where the identity may not ask.
    public func allowedWrites(of identity: CallerIdentity) async throws -> [String] {
        switch Principal(arn: identity.arn) {
        case .root: return Self.typicalWrites
        case .user(let arn): return try await simulate(arn)
        case .role(let name): return try await simulate(try await roleARN(name))
        case .other:
            throw Trouble(
                .notOffered, code: "NoPolicySource", message: "IAM cannot simulate what \(identity.arn) may do",
                operation: ReadOperation.simulatePrincipalPolicy.rawValue)
        }
    }

    /// A session's ARN leaves out the path of its role, and single sign-on's roles have one.
    private func roleARN(_ name: String) async throws -> String {
        try await caller.call(
            .getRole, body: FormBody.body(ReadOperation.getRole.call, ["RoleName": name])
        ) { bytes in
            guard let arn = try XMLNode(parsing: bytes).firstNode("Role")?.child("Arn")?.text, arn.contains(":role/")
            else { throw Incomplete() }
            return arn
        }.value
    }

    private func simulate(_ arn: String) async throws -> [String] {
        var parameters = ["PolicySourceArn": arn, "MaxItems": "1000"]
        for (index, action) in Self.typicalWrites.enumerated() {
            parameters["ActionNames.member.\(index + 1)"] = action
        }
        let pages = try await Paging.drain(.simulatePrincipalPolicy, token: \SimulationPage.marker) { marker in
            var parameters = parameters
            parameters["Marker"] = marker
            return try await caller.call(
                .simulatePrincipalPolicy, body: FormBody.body(ReadOperation.simulatePrincipalPolicy.call, parameters),
                decode: SimulationPage.init)
        }
        let decisions = pages.flatMap(\.value.decisions)
        // An action without a decision is not known to be denied.
        guard Set(decisions.map(\.action)) == Set(Self.typicalWrites) else {
            throw Trouble(
                .inconsistent, code: "IncompleteSimulation", message: "IAM did not decide about every action",
                operation: ReadOperation.simulatePrincipalPolicy.rawValue, requestID: pages.last?.requestID)
        }
        return Set(decisions.filter(\.isAllowed).map(\.action)).sorted()
    }

    private struct Incomplete: Error {}
}

/// Whose policies IAM would look at.
private enum Principal {
    case root
    case user(String)
    /// By name; its path is not known.
    case role(String)
    /// A federated user, or something newer.
    case other

    /// `arn:aws:iam::111122223333:user/team/ann`, `arn:aws:sts::111122223333:assumed-role/Reader/session`.
    init(arn: String) {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        let resource = (parts.count == 6 ? parts[5] : "").split(separator: "/").map(String.init)
        switch (resource.first, resource.count) {
        case ("root", 1): self = .root
        case ("user", 2...): self = .user(arn)
        case ("assumed-role", 3): self = .role(resource[1])
        default: self = .other
        }
    }
}

private struct SimulationPage: Sendable {
    struct Decision: Sendable {
        let action: String
        let isAllowed: Bool
    }

    let decisions: [Decision]
    /// Nil on the last page.
    let marker: String?

    init(_ bytes: Data) throws {
        guard let result = try XMLNode(parsing: bytes).firstNode("SimulatePrincipalPolicyResult"),
            let list = result.child("EvaluationResults")
        else { throw Unreadable() }
        decisions = try list.children.map { member in
            guard let action = member.child("EvalActionName")?.text, let decision = member.child("EvalDecision")?.text
            else { throw Unreadable() }
            return Decision(action: action, isAllowed: decision == "allowed")
        }
        marker = result.child("IsTruncated")?.text == "true" ? result.child("Marker")?.text : nil
    }

    private struct Unreadable: Error {}
}
