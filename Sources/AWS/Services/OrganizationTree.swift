import FinOps
import Foundation

/// The names of the organisational units above each account. Where accounts carry their own path of ids, only units that have
/// units below them are asked about; else every unit is asked for its accounts too.
struct OrganizationTree: Sendable {
    let caller: any AWSCaller

    /// Account id → unit names from the root down; the root itself is not named. Throws `Trouble`.
    func units(of accounts: [AccountPage.Item]) async throws -> [String: [String]] {
        guard !accounts.isEmpty else { return [:] }
        let known = accounts.compactMap { account in account.parents.map { (account.Id, $0) } }
        let allKnown = known.count == accounts.count
        // A unit is worth asking for children when some account's path goes on below it.
        let inner = allKnown ? Set(known.flatMap { $0.1.dropLast() }) : nil
        var walk = Walk(names: [:], members: [:])
        var level: [(id: String, path: [String])] = try await roots(inner).map { ($0, []) }
        var visited = Set(level.map(\.id))
        while !level.isEmpty {
            let found = try await visit(level, listsAccounts: inner == nil)
            level = []
            for visit in found {
                for account in visit.accounts { walk.members[account] = visit.path }
                for unit in visit.children {
                    guard visited.insert(unit.Id).inserted else { throw circle(unit.Id) }
                    walk.names[unit.Id] = visit.path + [unit.Name]
                    if inner?.contains(unit.Id) ?? true { level.append((unit.Id, visit.path + [unit.Name])) }
                }
            }
        }
        guard allKnown else { return walk.members }
        return known.reduce(into: [:]) { paths, account in
            let parent = account.1.last!
            paths[account.0] = parent.hasPrefix("r-") ? [] : walk.names[parent]
        }
    }

    private struct Walk {
        /// Unit id → names from the root down, its own last.
        var names: [String: [String]]
        /// Account id → the names above it.
        var members: [String: [String]]
    }

    private struct Visit: Sendable {
        let path: [String]
        let children: [UnitPage.Unit]
        let accounts: [String]
    }

    private func roots(_ inner: Set<String>?) async throws -> [String] {
        // With every account right under its root there is nothing to name.
        if let inner, inner.isEmpty { return [] }
        if let inner {
            let roots = inner.filter { $0.hasPrefix("r-") }
            if !roots.isEmpty { return roots.sorted() }
        }
        let pages = try await Paging.drain(.listRoots, token: \RootPage.NextToken) { token in
            try await caller.call(
                .listRoots, body: RequestJSON.object([:]).adding("NextToken", token).data,
                decode: AnswerJSON.decoder(RootPage.self))
        }
        return pages.flatMap { $0.value.Roots.map(\.Id) }
    }

    /// The units of one level at once: the caller's rate limit keeps the pace.
    private func visit(_ level: [(id: String, path: [String])], listsAccounts: Bool) async throws -> [Visit] {
        try await withThrowingTaskGroup(of: (Int, Visit).self) { group in
            for (index, unit) in level.enumerated() {
                group.addTask {
                    async let accounts = listsAccounts ? self.accounts(below: unit.id) : []
                    let children = try await self.children(of: unit.id)
                    return (index, Visit(path: unit.path, children: children, accounts: try await accounts))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func children(of parent: String) async throws -> [UnitPage.Unit] {
        let body: RequestJSON = ["ParentId": .text(parent), "MaxResults": .integer(OrganizationsDirectory.pageSize)]
        return try await Paging.drain(.listOrganizationalUnitsForParent, token: \UnitPage.NextToken) { token in
            try await caller.call(
                .listOrganizationalUnitsForParent, body: body.adding("NextToken", token).data,
                decode: AnswerJSON.decoder(UnitPage.self))
        }.flatMap { $0.value.OrganizationalUnits }
    }

    private func accounts(below parent: String) async throws -> [String] {
        let body: RequestJSON = ["ParentId": .text(parent), "MaxResults": .integer(OrganizationsDirectory.pageSize)]
        return try await Paging.drain(.listAccountsForParent, token: \AccountPage.NextToken) { token in
            try await caller.call(
                .listAccountsForParent, body: body.adding("NextToken", token).data,
                decode: AnswerJSON.decoder(AccountPage.self))
        }.flatMap { $0.value.Accounts.map(\.Id) }
    }

    private func circle(_ id: String) -> Trouble {
        Trouble(
            .inconsistent, code: "CircularTree", message: "unit \(id) stands in two places",
            operation: ReadOperation.listOrganizationalUnitsForParent.rawValue)
    }
}

private struct RootPage: Decodable, Sendable {
    let Roots: [Root]
    let NextToken: String?

    struct Root: Decodable, Sendable {
        let Id: String
    }
}

private struct UnitPage: Decodable, Sendable {
    let OrganizationalUnits: [Unit]
    let NextToken: String?

    struct Unit: Decodable, Sendable {
        let Id: String
        let Name: String
    }
}
