import FinOps

/// IAM: where a role stands, and what a principal would be allowed. The estate's identities read everything and write
/// nothing, save the one that is there to be warned of.
struct IdentityManagementService {
    let keys: SandboxKeyRing

    func answer(_ request: SandboxRequest, requestID: String) async throws -> SandboxAnswer {
        guard request.caller.isPayer, request.caller.mayReadCosts else {
            throw ServiceError(
                code: "AccessDenied",
                message:
                    "User: \(request.caller.arn) is not authorized to perform: iam:\(request.operation) because no "
                    + "identity-based policy allows the iam:\(request.operation) action",
                status: 403)
        }
        switch request.operation {
        case "GetRole": return try role(request, requestID)
        case "SimulatePrincipalPolicy": return try await simulation(request, requestID)
        default:
            throw ServiceError(
                code: "InvalidAction", message: "Could not find operation \(request.operation) for version 2010-05-08")
        }
    }

    /// Roles stand under a path, so that a client which guesses the ARN from a session's is found out.
    static func roleARN(account: String, name: String) -> String { "arn:aws:iam::\(account):role/finops/\(name)" }

    private func role(_ request: SandboxRequest, _ requestID: String) throws -> SandboxAnswer {
        guard let name = request.form["RoleName"], !name.isEmpty else {
            throw ServiceError(code: "ValidationError", message: "RoleName is required")
        }
        let arn = Self.roleARN(account: request.caller.accountID, name: name)
        return envelope(
            "GetRole", requestID,
            "<Role>" + element("Path", "/finops/") + element("RoleName", name)
                + element("RoleId", "AROASANDBOX") + element("Arn", arn)
                + element("CreateDate", "2024-01-01T00:00:00Z") + "</Role>")
    }

    private func simulation(_ request: SandboxRequest, _ requestID: String) async throws -> SandboxAnswer {
        var actions: [String] = []
        while let action = request.form["ActionNames.member.\(actions.count + 1)"] { actions.append(action) }
        guard let source = request.form["PolicySourceArn"], !actions.isEmpty else {
            throw ServiceError(code: "ValidationError", message: "PolicySourceArn and ActionNames are required")
        }
        let mayWrite = try await self.mayWrite(source, account: request.caller.accountID)
        let results = actions.map { action in
            "<member>" + element("EvalActionName", action) + element("EvalResourceName", "*")
                + element("EvalDecision", mayWrite || Self.isRead(action) ? "allowed" : "implicitDeny")
                + "<MatchedStatements/><MissingContextValues/></member>"
        }
        // Two pages, so that whoever reads one only is found out.
        let half = (results.count + 1) / 2
        let isSecond = request.form["Marker"] == Self.secondPage
        let page = results.count == 1 ? results[...] : isSecond ? results[half...] : results[..<half]
        let isTruncated = !isSecond && page.count < results.count
        return envelope(
            "SimulatePrincipalPolicy", requestID,
            "<EvaluationResults>\(page.joined())</EvaluationResults>" + element("IsTruncated", String(isTruncated))
                + (isTruncated ? element("Marker", Self.secondPage) : ""))
    }

    private static let secondPage = "second-page"

    private func mayWrite(_ arn: String, account: String) async throws -> Bool {
        if let known = await keys.entries.values.first(where: { $0.caller.arn == arn }) { return known.caller.mayWrite }
        guard arn.hasPrefix(Self.roleARN(account: account, name: "")) else {
            throw ServiceError(
                code: "NoSuchEntity", message: "The principal \(arn) cannot be found.", status: 404)
        }
        return false
    }

    private static func isRead(_ action: String) -> Bool {
        let verb = action.drop { $0 != ":" }.dropFirst()
        return ["Get", "List", "Describe", "View", "Simulate"].contains { verb.hasPrefix($0) }
    }

    private func element(_ name: String, _ text: String) -> String { "<\(name)>\(XMLText.escape(text))</\(name)>" }

    private func envelope(_ operation: String, _ requestID: String, _ result: String) -> SandboxAnswer {
        .xml(
            "<\(operation)Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><\(operation)Result>\(result)"
                + "</\(operation)Result><ResponseMetadata>\(element("RequestId", requestID))</ResponseMetadata>"
                + "</\(operation)Response>")
    }
}
