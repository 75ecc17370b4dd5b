import FinOps

/// Cost Explorer as member accounts see it: takes on a role in each and asks there.
struct MemberCosts: MemberCostSource {
    let connection: ServiceConnection
    /// Whose keys take on the roles.
    let keys: CredentialStore
    /// The caller's own, for its partition.
    let own: CallerAccount
    let hashing: any Hashing
    /// The reader of paid answers for a caller and its account.
    let reader: @Sendable (any AWSCaller, CallerAccount) -> PaidReader

    func ledger(for query: CostQuery, as account: String, role: String) async throws -> CostLedger {
        let partition = try await own.identity().partition
        let request = CredentialPlan.RoleRequest(
            profile: "account \(account)", roleARN: "arn:\(partition):iam::\(account):role/\(role)",
            sessionName: nil, externalID: nil, durationSeconds: nil)
        let member = AWSClient(
            connection: connection,
            credentials: CredentialStore(
                provider: AssumeRoleCredentials(role: request, source: keys, connection: connection),
                clock: connection.clock))
        let identity = CallerAccount(identity: SecurityTokenIdentity(caller: member))
        let found = try await identity.identity()
        guard found.account == account else {
            throw Trouble(
                .inconsistent, code: "WrongAccount",
                message: "the role of account \(account) led into account \(found.account)",
                operation: ReadOperation.getCallerIdentity.rawValue, requestID: found.requestID)
        }
        return try await CostExplorerCosts(reader: reader(member, identity), hashing: hashing).ledger(for: query)
    }
}
