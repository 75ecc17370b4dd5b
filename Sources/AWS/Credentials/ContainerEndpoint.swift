import FinOps

/// Where a container asks for its keys.
struct ContainerEndpoint: Hashable, Sendable {
    let url: String
    let environment: [String: String]

    /// Nil when the environment names none. Throws `InputError` for an address that keys must not be asked of: over plain
    /// HTTP, only this machine and AWS's own link-local addresses may answer.
    init?(environment: [String: String]) throws {
        func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        self.environment = environment.filter { $0.key.hasPrefix("AWS_CONTAINER_AUTHORIZATION_TOKEN") }
        if let path = variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
            url = "http://169.254.170.2" + (path.hasPrefix("/") ? path : "/" + path)
        } else if let full = variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") {
            guard let host = Self.host(full), full.lowercased().hasPrefix("https://") || Self.isNear(host) else {
                throw InputError(
                    "invalid_container_endpoint",
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI names an address that keys are not asked of: \(Self.shown(full))",
                    hint: "https, this machine, 169.254.170.2, 169.254.170.23 or fd00:ec2::23")
            }
            url = full
        } else {
            return nil
        }
    }

    var shownURL: String { Self.shown(url) }

    /// Without the path, which may be as good as a key.
    private static func shown(_ url: String) -> String {
        let scheme = url.firstRange(of: "://").map { url[..<$0.upperBound] } ?? ""
        return scheme + String(url.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" })
    }

    private static func host(_ url: String) -> String? {
        guard let scheme = ["http://", "https://"].first(where: { url.lowercased().hasPrefix($0) }) else { return nil }
        let authority = url.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        if authority.hasPrefix("[") { return String(authority.dropFirst().prefix { $0 != "]" }) }
        return String(authority.prefix { $0 != ":" })
    }

    private static func isNear(_ host: String) -> Bool {
        if ["localhost", "169.254.170.2", "169.254.170.23", "fd00:ec2::23", "::1"].contains(host.lowercased()) {
            return true
        }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
