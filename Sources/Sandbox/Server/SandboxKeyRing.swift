import Foundation
import OpenSSL

/// Which access key belongs to whom, including the temporary keys that AssumeRole handed out.
actor SandboxKeyRing {
    struct Entry: Sendable {
        let key: SandboxKey
        let caller: SandboxCaller
        /// Seconds since 1970; nil never expires.
        let expires: Int?
    }

    private let estate: SampleEstate
    private(set) var entries: [String: Entry] = [:]
    private var sessions = 0

    init(_ estate: SampleEstate, _ credentials: SandboxCredentials) {
        self.estate = estate
        let payer = estate.payer.id
        func entry(_ key: SandboxKey, _ account: String, _ user: String) -> Entry {
            var caller = SandboxCaller(
                accountID: account, arn: "arn:aws:iam::\(account):user/\(user)",
                userID: "AIDASANDBOX\(user.uppercased())")
            caller.isPayer = account == payer
            caller.mayReadCosts = key != credentials.withoutCostExplorer
            caller.mayWrite = key == credentials.administrator
            caller.isExpired = key == credentials.expired
            return Entry(key: key, caller: caller, expires: nil)
        }
        let known = [
            entry(credentials.payer, payer, "finops"), entry(credentials.withoutCostExplorer, payer, "noce"),
            entry(credentials.administrator, payer, "admin"), entry(credentials.expired, payer, "expired"),
            entry(credentials.member, estate.accounts[10].id, "member"),
        ]
        entries = Dictionary(known.map { ($0.key.accessKeyID, $0) }) { first, _ in first }
    }

    /// Makes a temporary key for a role of an account of the estate; nil when the account is not in it.
    func assume(_ roleARN: String, sessionName: String, seconds: Int, now: Int) -> (Entry, roleID: String)? {
        let parts = roleARN.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "iam", parts[5].hasPrefix("role/"),
            let account = estate.account(parts[4]), account.membership == .active
        else { return nil }
        sessions += 1
        let role = parts[5].split(separator: "/").last.map(String.init) ?? "role"
        let fingerprint = BoundedText.hex(
            SHA256.digest(of: Data("\(estate.seed)/\(roleARN)/\(sessionName)/\(sessions)".utf8)))
        let key = SandboxKey(
            accessKeyID: "ASIA" + fingerprint.prefix(16).uppercased(), secretAccessKey: String(fingerprint.suffix(40)),
            sessionToken: "sandbox-session-" + fingerprint)
        let roleID = "AROA" + fingerprint.prefix(17).uppercased()
        var caller = SandboxCaller(
            accountID: account.id, arn: "arn:aws:sts::\(account.id):assumed-role/\(role)/\(sessionName)",
            userID: "\(roleID):\(sessionName)")
        caller.isPayer = account.id == estate.payer.id
        let entry = Entry(key: key, caller: caller, expires: now + seconds)
        entries[key.accessKeyID] = entry
        return (entry, roleID)
    }
}
