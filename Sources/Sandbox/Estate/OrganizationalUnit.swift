/// A node of the sample organisation. Four levels deep below the root, so that a reader who stops at one level shows.
struct OrganizationalUnit: Hashable, Sendable {
    let id: String
    let name: String
    /// The id of the unit or root above.
    let parent: String

    static let rootID = "r-kowh"

    static let security = OrganizationalUnit(id: "ou-kowh-secu0001", name: "Security", parent: rootID)
    static let infrastructure = OrganizationalUnit(id: "ou-kowh-infr0002", name: "Infrastructure", parent: rootID)
    static let network = OrganizationalUnit(id: "ou-kowh-netw0003", name: "Network", parent: infrastructure.id)
    static let workloads = OrganizationalUnit(id: "ou-kowh-work0004", name: "Workloads", parent: rootID)
    static let production = OrganizationalUnit(id: "ou-kowh-prod0005", name: "Prod", parent: workloads.id)
    static let payments = OrganizationalUnit(id: "ou-kowh-paym0006", name: "Payments", parent: production.id)
    static let core = OrganizationalUnit(id: "ou-kowh-core0007", name: "Core", parent: payments.id)
    static let digital = OrganizationalUnit(id: "ou-kowh-digi0008", name: "Digital", parent: production.id)
    static let nonProduction = OrganizationalUnit(id: "ou-kowh-nonp0009", name: "NonProd", parent: workloads.id)
    static let development = OrganizationalUnit(id: "ou-kowh-deve0010", name: "Dev", parent: nonProduction.id)
    static let test = OrganizationalUnit(id: "ou-kowh-test0011", name: "Test", parent: nonProduction.id)
    static let sandbox = OrganizationalUnit(id: "ou-kowh-sand0012", name: "Sandbox", parent: rootID)
    static let suspended = OrganizationalUnit(id: "ou-kowh-susp0013", name: "Suspended", parent: rootID)

    static let all = [
        security, infrastructure, network, workloads, production, payments, core, digital, nonProduction, development,
        test, sandbox, suspended,
    ]

    static func withID(_ id: String) -> OrganizationalUnit? { all.first { $0.id == id } }

    /// Ids from the root down to `id`, both included: what an account's `Paths` member shows.
    static func path(to id: String) -> [String] {
        guard let unit = withID(id) else { return [id] }
        return path(to: unit.parent) + [unit.id]
    }
}
