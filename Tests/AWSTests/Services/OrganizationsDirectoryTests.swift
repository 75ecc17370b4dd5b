import FinOps
import Foundation
import HTTP
import Testing

@testable import AWS

@Suite struct OrganizationsDirectoryTests {
    /// Answers by operation and body, whatever the order: the directory asks for several things at once.
    private final class Organization: HTTPSending, @unchecked Sendable {
        typealias Answer = @Sendable (_ operation: String, _ body: String) -> ScriptedWire.Step
        private let answer: Answer
        private let asked = Locked<[String]>([])
        var operations: [String] { asked.withLock { $0 } }

        init(_ answer: @escaping Answer) { self.answer = answer }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            let operation = request.headers["X-Amz-Target"]?.split(separator: ".").last.map(String.init) ?? ""
            asked.withLock { $0.append(operation) }
            return try await ScriptedWire([answer(operation, request.bodyText)]).send(request)
        }
    }

    private static func account(_ id: String, _ rest: String) -> String {
        #"{"Id":"\#(id)","Name":"n-\#(id)",\#(rest)}"#
    }
    private static let describe = ScriptedWire.Step.json(#"{"Organization":{"MasterAccountId":"000000000001"}}"#)
    private static let denied = ScriptedWire.Step.refusal("AccessDeniedException")

    private static func units(_ body: String) -> ScriptedWire.Step {
        body.contains(#""ParentId":"r-root""#)
            ? .json(#"{"OrganizationalUnits":[{"Id":"ou-1","Name":"Workloads"},{"Id":"ou-2","Name":"Security"}]}"#)
            : body.contains(#""ParentId":"ou-1""#)
                ? .json(#"{"OrganizationalUnits":[{"Id":"ou-3","Name":"Prod"}]}"#)
                : .json(#"{"OrganizationalUnits":[]}"#)
    }

    private func accounts(_ organization: Organization) async throws -> AccountListing {
        try await services(organization).accounts.accounts()
    }

    @Test func `every page is drained, and accounts over two pages are one`() async throws {
        let organization = Organization { operation, body in
            switch operation {
            case "DescribeOrganization": return Self.describe
            case "ListAccounts":
                if body.contains("t2") {
                    return .json(
                        #"{"Accounts":[\#(Self.account("000000000001", #""State":"PENDING_CLOSURE","Status":"ACTIVE""#))],"NextToken":null}"#
                    )
                }
                if body.contains("t1") { return .json(#"{"Accounts":[],"NextToken":"t2"}"#) }
                return .json(
                    #"{"Accounts":[\#(Self.account("000000000002", #""Status":"SUSPENDED""#)),\#(Self.account("000000000001", #""State":"ACTIVE""#))],"NextToken":"t1"}"#
                )
            default: return Self.denied
            }
        }
        let listing = try await accounts(organization)
        #expect(listing.accounts.map(\.id) == ["000000000001", "000000000002"])
        #expect(listing.accounts.map(\.state) == [.pendingClosure, .suspended])
        #expect(listing.pages == 3 && listing.requestIDs.count == 3)
        #expect(listing.managementAccountID == "000000000001")
        #expect(listing.treeTrouble?.kind == .accessDenied)
        #expect(listing.treeTrouble?.operation == "organizations:ListRoots")
        #expect(listing.accounts.allSatisfy { $0.organizationalUnits == nil })
    }

    @Test func `paths spare the walk through accounts`() async throws {
        let organization = Organization { operation, body in
            switch operation {
            case "DescribeOrganization": return Self.describe
            case "ListAccounts":
                return .json(
                    #"{"Accounts":[\#(Self.account("000000000001", #""State":"ACTIVE","Paths":["o-x/r-root/"]"#)),\#(Self.account("000000000002", #""State":"NEW","Paths":["o-x/r-root/ou-1/ou-3/000000000002/"]"#))]}"#
                )
            case "ListOrganizationalUnitsForParent": return Self.units(body)
            default: return Self.denied
            }
        }
        let listing = try await accounts(organization)
        #expect(listing.treeTrouble == nil)
        #expect(listing.accounts.map(\.organizationalUnits) == [[], ["Workloads", "Prod"]])
        #expect(listing.accounts[1].state == .unknown)
        #expect(organization.operations.filter { $0 == "ListOrganizationalUnitsForParent" }.count == 2)
        #expect(!organization.operations.contains("ListAccountsForParent"))
    }

    @Test func `without paths the tree is walked`() async throws {
        let organization = Organization { operation, body in
            switch operation {
            case "DescribeOrganization": return Self.denied
            case "ListAccounts":
                return .json(
                    #"{"Accounts":[\#(Self.account("000000000001", #""State":"ACTIVE""#)),\#(Self.account("000000000002", #""State":"ACTIVE""#))]}"#
                )
            case "ListRoots": return .json(#"{"Roots":[{"Id":"r-root"}]}"#)
            case "ListOrganizationalUnitsForParent": return Self.units(body)
            case "ListAccountsForParent":
                let id = body.contains("r-root") ? "000000000001" : body.contains("ou-3") ? "000000000002" : nil
                return .json(#"{"Accounts":[\#(id.map { Self.account($0, #""State":"ACTIVE""#) } ?? "")]}"#)
            default: return Self.denied
            }
        }
        let listing = try await accounts(organization)
        #expect(listing.managementAccountID == nil)
        #expect(listing.accounts.map(\.organizationalUnits) == [[], ["Workloads", "Prod"]])
    }

    @Test(arguments: ["{}", #"{"Accounts":null,"NextToken":null}"#, #"{"NextToken":"t1"}"#])
    func `an answer without a list is trouble, never an empty organisation`(answer: String) async {
        let trouble = await trouble {
            try await accounts(
                Organization { operation, _ in operation == "ListAccounts" ? .json(answer) : Self.describe })
        }
        #expect(trouble?.kind == .unreachable)
        #expect(trouble?.code == "UnreadableAnswer")
        #expect(trouble?.operation == "organizations:ListAccounts")
    }

    @Test func `a tree that answers without a list is told, and the accounts stand`() async throws {
        let listing = try await accounts(
            Organization { operation, _ in
                switch operation {
                case "DescribeOrganization": Self.describe
                case "ListAccounts": .json(#"{"Accounts":[\#(Self.account("000000000001", #""State":"ACTIVE""#))]}"#)
                default: .json("{}")
                }
            })
        #expect(listing.accounts.map(\.organizationalUnits) == [nil])
        #expect(listing.treeTrouble?.code == "UnreadableAnswer")
    }

    @Test func `a denied list is trouble, never an empty organisation`() async {
        let trouble = await trouble { try await accounts(Organization { _, _ in Self.denied }) }
        #expect(trouble?.kind == .accessDenied)
        #expect(trouble?.operation == "organizations:ListAccounts")
    }

    @Test func `an account outside any organisation is told as not offered`() async {
        let trouble = await trouble {
            try await accounts(Organization { _, _ in .refusal("AWSOrganizationsNotInUseException") })
        }
        #expect(trouble?.kind == .notOffered)
    }
}
