import FinOps
import Foundation

/// The accounts of the organisation, every page of them, and where each stands in the tree.
struct OrganizationsDirectory: AccountDirectory {
    /// The most `organizations:List…` returns at once.
    static let pageSize = 20

    let caller: any AWSCaller

    func accounts() async throws -> AccountListing {
        async let management = managementAccountIfPermitted()
        let body: RequestJSON = ["MaxResults": .integer(Self.pageSize)]
        let pages = try await Paging.drain(.listAccounts, token: \AccountPage.NextToken) { token in
            try await caller.call(
                .listAccounts, body: body.adding("NextToken", token).data,
                decode: AnswerJSON.decoder(AccountPage.self))
        }
        let items = merged(pages.flatMap(\.value.Accounts))
        let managementID = try await management
        let (units, trouble) = try await tree(of: items)
        return AccountListing(
            accounts: items.map { item in
                Account(
                    id: item.Id, name: item.Name ?? item.Id, state: item.state, organizationalUnits: units[item.Id])
            },
            managementAccountID: managementID, pages: pages.count, requestIDs: pages.compactMap(\.requestID),
            treeTrouble: trouble)
    }

    /// An account may come twice when the organisation changes between two pages; what was said last counts. Sorted by id.
    private func merged(_ items: [AccountPage.Item]) -> [AccountPage.Item] {
        Dictionary(items.map { ($0.Id, $0) }) { $1 }.values.sorted { $0.Id < $1.Id }
    }

    /// Nil where the identity may list accounts but not describe the organisation.
    private func managementAccountIfPermitted() async throws -> String? {
        do {
            return try await managementAccountID()
        } catch let trouble as Trouble where [.accessDenied, .notOffered].contains(trouble.kind) {
            return nil
        }
    }

    func managementAccountID() async throws -> String {
        let answer = try await caller.call(
            .describeOrganization, body: RequestJSON.object([:]).data,
            decode: AnswerJSON.decoder(OrganizationAnswer.self))
        guard let id = answer.value.Organization.MasterAccountId else {
            throw Trouble(
                .notOffered, code: "NoManagementAccount", message: "the organisation names no management account",
                operation: ReadOperation.describeOrganization.rawValue, requestID: answer.requestID)
        }
        return id
    }

    func tags(of accounts: [String]) async throws -> AccountTags {
        try await AccountTagsReader(caller: caller).tags(of: accounts)
    }

    /// The tree is an adornment of the list: its trouble is told, and the accounts stand.
    private func tree(of items: [AccountPage.Item]) async throws -> ([String: [String]], Trouble?) {
        do {
            return (try await OrganizationTree(caller: caller).units(of: items), nil)
        } catch let trouble as Trouble {
            return ([:], trouble)
        }
    }
}

/// A page may be empty, but it has a list: an answer without one is no answer, and never an empty organisation.
struct AccountPage: Decodable, Sendable {
    let Accounts: [Item]
    let NextToken: String?

    struct Item: Decodable, Sendable {
        let Id: String
        let Name: String?
        let State: String?
        /// Retired by AWS in September 2026; older endpoints send nothing else.
        let Status: String?
        /// `o-…/r-…/ou-…/ou-…/`, ids from the organisation down.
        let Paths: [String]?

        var state: AccountState { (State ?? Status).flatMap(AccountState.init(rawValue:)) ?? .unknown }

        /// The ids of root and units above the account; nil when not exactly one path is given.
        var parents: [String]? {
            guard let paths = Paths, paths.count == 1 else { return nil }
            let ids = paths[0].split(separator: "/").map(String.init)
                .filter { $0.hasPrefix("r-") || $0.hasPrefix("ou-") }
            return ids.first?.hasPrefix("r-") == true ? ids : nil
        }
    }
}

private struct OrganizationAnswer: Decodable, Sendable {
    let Organization: Body

    struct Body: Decodable, Sendable {
        let MasterAccountId: String?
    }
}
