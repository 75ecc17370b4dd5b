import FinOps

/// Organizations: the accounts and the tree they hang in. Everything but DescribeOrganization is for the payer.
struct OrganizationsService {
    let estate: SampleEstate
    let tokens: PageToken
    let troubles: TroubleMaker

    static let organizationID = "o-kowhai1234"
    static let pageLimit = 20

    func answer(_ request: SandboxRequest) async throws -> JSONValue {
        if request.operation == "DescribeOrganization" { return ["Organization": describe()] }
        guard request.caller.isPayer else {
            throw ServiceError.denied(request.caller, "organizations:\(request.operation)")
        }
        switch request.operation {
        case "ListAccounts":
            let hasLeft = await troubles.accountHasLeft()
            // The last active account sits on a later page, so it can leave after the first one was read.
            let leaver = hasLeft ? estate.accounts[estate.activeAccounts - 1].id : nil
            let accounts = estate.listedAccounts.filter { $0.id != leaver }
            return try page(
                request, ["NextToken", "MaxResults"], "Accounts", accounts, emptyPageAfter: 2, json: account)
        case "ListRoots":
            let root: JSONValue = [
                "Id": .string(OrganizationalUnit.rootID), "Name": "Root", "PolicyTypes": [],
                "Arn": .string(arn("root/\(Self.organizationID)/\(OrganizationalUnit.rootID)")),
            ]
            return try page(request, ["NextToken", "MaxResults"], "Roots", [root]) { $0 }
        case "ListOrganizationalUnitsForParent":
            let parent = try parent(request)
            let units = OrganizationalUnit.all.filter { $0.parent == parent }
            return try page(request, ["ParentId", "NextToken", "MaxResults"], "OrganizationalUnits", units) { unit in
                [
                    "Id": .string(unit.id), "Name": .string(unit.name),
                    "Arn": .string(arn("ou/\(Self.organizationID)/\(unit.id)")),
                ]
            }
        case "ListAccountsForParent":
            let parent = try parent(request)
            let accounts = estate.listedAccounts.filter { $0.parent == parent }
            return try page(
                request, ["ParentId", "NextToken", "MaxResults"], "Accounts", accounts, json: account)
        case "ListTagsForResource":
            return try page(request, ["ResourceId", "NextToken"], "Tags", try tags(request)) { $0 }
        default:
            throw ServiceError.unknownOperation("organizations:\(request.operation)")
        }
    }

    private func describe() -> JSONValue {
        let payer = estate.payer
        return [
            "Id": .string(Self.organizationID), "FeatureSet": "ALL", "AvailablePolicyTypes": [],
            "Arn": .string(arn("organization/\(Self.organizationID)")), "MasterAccountId": .string(payer.id),
            "MasterAccountEmail": .string(payer.email),
            "MasterAccountArn": .string(arn("account/\(Self.organizationID)/\(payer.id)")),
        ]
    }

    private func account(_ account: EstateAccount) -> JSONValue {
        let index = estate.indexByAccountID[account.id]!
        let joined = CalendarDay("2019-04-01")!.adding(days: index * 9 % 1_900)
        let path = ([Self.organizationID] + OrganizationalUnit.path(to: account.parent)).joined(separator: "/") + "/"
        return [
            "Id": .string(account.id), "Name": .string(account.name), "Email": .string(account.email),
            "Arn": .string(arn("account/\(Self.organizationID)/\(account.id)")),
            "Status": .string(account.membership.rawValue), "State": .string(account.membership.rawValue),
            "JoinedMethod": .string(index % 8 == 3 ? "INVITED" : "CREATED"),
            "JoinedTimestamp": .integer(joined.daysSinceEpoch * 86_400),
            "Paths": [.string(path)],
        ]
    }

    private func tags(_ request: SandboxRequest) throws -> [JSONValue] {
        let parameters = try request.parameters(["ResourceId", "NextToken"])
        guard let id = parameters["ResourceId"]?.text else { throw invalid("ResourceId is required.") }
        guard let account = estate.account(id), account.membership != .departed else {
            guard id == OrganizationalUnit.rootID || OrganizationalUnit.withID(id) != nil else {
                throw ServiceError(
                    code: "TargetNotFoundException", message: "You specified a target that doesn't exist.")
            }
            return []
        }
        return [
            ["Key": "CostCenter", "Value": .string(account.costCenter)],
            ["Key": "Environment", "Value": .string(account.environment.rawValue)],
        ]
    }

    private func parent(_ request: SandboxRequest) throws -> String {
        let parameters = try request.parameters(["ParentId", "NextToken", "MaxResults"])
        guard let id = parameters["ParentId"]?.text else { throw invalid("ParentId is required.") }
        guard id == OrganizationalUnit.rootID || OrganizationalUnit.withID(id) != nil else {
            throw ServiceError(code: "ParentNotFoundException", message: "You specified parent that doesn't exist.")
        }
        return id
    }

    /// Cuts a list into pages of at most twenty. After `emptyPageAfter` pages comes one without elements that carries a
    /// token all the same: only a missing token ends a list.
    private func page<Element>(
        _ request: SandboxRequest, _ known: Set<String>, _ member: String, _ elements: [Element],
        emptyPageAfter: Int? = nil, json: (Element) -> JSONValue
    ) throws -> JSONValue {
        let parameters = try request.parameters(known)
        let size = parameters["MaxResults"]?.number ?? Self.pageLimit
        guard (1...Self.pageLimit).contains(size) else { throw invalid("MaxResults must be between 1 and 20.") }
        let fingerprint = PageToken.fingerprint(request, parameters, tokenMember: "NextToken")
        var step = 0
        if let token = parameters["NextToken"]?.text {
            guard case .position(let position) = tokens.read(token, fingerprint: fingerprint) else {
                throw invalid("The provided value for NextToken is not valid.")
            }
            step = position
        }
        let isEmptyPage = step == emptyPageAfter
        let pageNumber = emptyPageAfter.map { step > $0 ? step - 1 : step } ?? step
        let start = min(pageNumber * size, elements.count)
        let end = isEmptyPage ? start : min(start + size, elements.count)
        var answer: [String: JSONValue] = [member: .array(elements[start..<end].map(json))]
        if end < elements.count {
            answer["NextToken"] = .string(tokens.make(position: step + 1, fingerprint: fingerprint))
        }
        return .object(answer)
    }

    private func invalid(_ message: String) -> ServiceError {
        ServiceError(code: "InvalidInputException", message: message)
    }

    private func arn(_ resource: String) -> String { "arn:aws:organizations::\(estate.payer.id):\(resource)" }
}
