import FinOps

/// Where an EC2 instance asks about itself, and how long it waits.
struct InstanceMetadataEndpoint: Hashable, Sendable {
    /// Without a trailing slash.
    let baseURL: String
    let deadlineSeconds: Double
    let attempts: Int

    /// Nil when `AWS_EC2_METADATA_DISABLED` is true. Throws `InputError`.
    init?(
        environment: [String: String], profile: SharedConfiguration.Profile?, files: SettingsFiles
    ) throws {
        func setting(_ variable: String, _ key: String) -> String? {
            environment[variable].flatMap { $0.isEmpty ? nil : $0 } ?? profile?[key]
        }
        if environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true" { return nil }
        let mode = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode") ?? "IPv4"
        let known = ["ipv4": "http://169.254.169.254", "ipv6": "http://[fd00:ec2::254]"]
        guard let usual = known[mode.lowercased()] else {
            throw InputError(
                "invalid_metadata_mode", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE is neither IPv4 nor IPv6: \(mode)")
        }
        let own = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint")
        if let own, !["http://", "https://"].contains(where: { own.lowercased().hasPrefix($0) }) {
            throw InputError(
                "invalid_metadata_endpoint", "AWS_EC2_METADATA_SERVICE_ENDPOINT is not a URL: \(own)",
                hint: "for example http://169.254.169.254")
        }
        let url = own ?? usual
        baseURL = url.hasSuffix("/") ? String(url.dropLast()) : url
        let isElsewhere = own == nil && Self.isSurelyNotEC2(files)
        deadlineSeconds =
            try Self.number(
                setting("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout"), "AWS_METADATA_SERVICE_TIMEOUT")
            ?? (isElsewhere ? 0.2 : 1)
        attempts = Int(
            try Self.number(
                setting("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts"),
                "AWS_METADATA_SERVICE_NUM_ATTEMPTS") ?? 1)
    }

    /// By the maker's name in the firmware, which EC2 fills in. On other machines somebody may still answer at the address
    /// (aws-vault does), but then at once: so the wait is short there, and never left out.
    private static func isSurelyNotEC2(_ files: SettingsFiles) -> Bool {
        guard let maker = (try? files.text("/sys/class/dmi/id/sys_vendor")) ?? nil else { return false }
        let hypervisor = ((try? files.text("/sys/hypervisor/uuid")) ?? nil) ?? ""
        return !maker.hasPrefix("Amazon") && !maker.hasPrefix("Xen") && !hypervisor.lowercased().hasPrefix("ec2")
    }

    private static func number(_ text: String?, _ name: String) throws -> Double? {
        guard let text else { return nil }
        guard let number = Double(text), number >= 1, number <= 60 else {
            throw InputError("invalid_metadata_limit", "\(name) is not a number from 1 to 60: \(text)")
        }
        return number
    }
}
