import FinOps

/// Where each service answers, and who said so.
struct EndpointTable: Hashable, Sendable {
    struct Endpoint: Hashable, Sendable {
        /// Scheme, host and perhaps a port and a path; no trailing slash.
        let url: String
        let origin: SettingOrigin
        /// The region a signature names, which need not be the host's.
        var signingRegion = ""
    }

    let endpoints: [AWSService: Endpoint]
    /// Configured places of the services that are asked before there are keys.
    private let signInServices: [SignInService: Endpoint]
    private let variants: Variants

    subscript(service: AWSService) -> Endpoint { endpoints[service]! }

    /// Without a trailing slash. `region` is the one single sign-on lives in. Throws `InputError`.
    func signIn(_ service: SignInService, region: String) throws -> String {
        if let configured = signInServices[service] { return configured.url }
        return "https://" + service.host(try variants.hosts(region))
    }

    /// Flag, `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's `[services]` section, the profile's
    /// `endpoint_url`, then AWS's own hosts. Throws `InputError` for a URL that is none, a missing section, and for partitions
    /// and endpoint variants whose hosts are not known here.
    init(
        flag: String?, environment: [String: String], profile: SharedConfiguration.Profile?,
        configuration: SharedConfiguration, region: String
    ) throws {
        let sources = try Sources(
            flag: flag, environment: environment, profile: profile, configuration: configuration)
        variants = try Variants(environment: environment, profile: profile)
        try Variants.check(region)
        var endpoints: [AWSService: Endpoint] = [:]
        for service in AWSService.allCases {
            if let configured = sources.configured(service.configurationName) {
                endpoints[service] = try Self.checked(configured)
                // Where the hosts are not known, the region is the best guess at what the other side expects.
                endpoints[service]!.signingRegion =
                    Partition(region: region).map {
                        service.signingRegion(HostVariant(region: region, partition: $0))
                    } ?? region
            } else {
                let hosts = try variants.hosts(region)
                endpoints[service] = Endpoint(
                    url: "https://" + service.host(hosts), origin: .builtIn, signingRegion: service.signingRegion(hosts)
                )
            }
        }
        self.endpoints = endpoints
        signInServices = try SignInService.allCases.reduce(into: [:]) { result, service in
            result[service] = try sources.configured(service.configurationName).map(Self.checked)
        }
    }

    private static func checked(_ endpoint: Endpoint) throws -> Endpoint {
        let text = endpoint.url
        let afterScheme = ["http://", "https://"].first { text.lowercased().hasPrefix($0) }.map {
            text.dropFirst($0.count)
        }
        let authority = afterScheme?.prefix { $0 != "/" } ?? ""
        guard let afterScheme, !authority.isEmpty, !authority.contains("@"),
            afterScheme.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
        else {
            throw InputError(
                "invalid_endpoint", "not an endpoint URL: the one set by \(endpoint.origin)",
                hint: "it begins with https:// or http://, names a host, and has neither user, query nor fragment")
        }
        let end = text.lastIndex { $0 != "/" }!
        return Endpoint(url: String(text[...end]), origin: endpoint.origin)
    }
}

/// Which kind of hosts is wanted, before the region is known.
private struct Variants: Hashable, Sendable {
    let usesFIPS: Bool
    let usesDualStack: Bool

    init(environment: [String: String], profile: SharedConfiguration.Profile?) throws {
        func isOn(_ variable: String, _ key: String) throws -> Bool {
            let own = environment[variable].flatMap { $0.isEmpty ? nil : $0 }
            switch (own ?? profile?[key])?.lowercased() {
            case nil, "false": return false
            case "true": return true
            case .some(let text):
                throw InputError(
                    "invalid_switch", "\(own == nil ? key : variable) is neither true nor false: \(text)")
            }
        }
        usesFIPS = try isOn("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")
        usesDualStack = try isOn("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")
    }

    func hosts(_ region: String) throws -> HostVariant {
        try Self.check(region)
        guard let partition = Partition(region: region) else {
            throw InputError(
                "unsupported_partition", "the hosts of region \(region) are not known to this tool",
                hint: "name them with AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL_COST_EXPLORER and their like")
        }
        if usesFIPS, partition == .china {
            throw InputError(
                "unsupported_setting", "FIPS endpoints are asked for, and AWS has none in China",
                hint: "unset AWS_USE_FIPS_ENDPOINT, or use_fips_endpoint of the profile")
        }
        return HostVariant(
            region: region, partition: partition, usesFIPS: usesFIPS, usesDualStack: usesDualStack)
    }

    static func check(_ region: String) throws {
        guard region.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }), !region.isEmpty
        else { throw InputError("invalid_region", "not a region: \(region)", hint: "for example us-east-1") }
    }
}

/// The places an endpoint may be configured in, in order.
private struct Sources {
    let flag: String?
    let environment: [String: String]
    let profile: SharedConfiguration.Profile?
    let section: (name: String, keys: [String: [String: String]])?
    let configPath: String
    let isIgnoring: Bool

    init(
        flag: String?, environment: [String: String], profile: SharedConfiguration.Profile?,
        configuration: SharedConfiguration
    ) throws {
        self.flag = flag
        self.environment = environment
        self.profile = profile
        configPath = configuration.configPath
        isIgnoring =
            (environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] ?? profile?["ignore_configured_endpoint_urls"])?
            .lowercased() == "true"
        if let name = profile?["services"] {
            guard let keys = configuration.services[name] else {
                throw InputError(
                    "unknown_services_section",
                    "profile \(profile!.name) names [services \(name)], which \(configuration.configPath) does not have",
                    hint: NearestName.suggestion(for: name, among: configuration.services.keys)
                        .map { "did you mean `\($0)`?" })
            }
            section = (name, keys)
        } else {
            section = nil
        }
    }

    /// `name` as in `AWS_ENDPOINT_URL_<name>`.
    func configured(_ name: String) -> EndpointTable.Endpoint? {
        if let flag { return .init(url: flag, origin: .flag("--endpoint-url")) }
        if isIgnoring { return nil }
        for variable in ["AWS_ENDPOINT_URL_" + name, "AWS_ENDPOINT_URL"] {
            if let url = environment[variable], !url.isEmpty { return .init(url: url, origin: .environment(variable)) }
        }
        if let section, let url = section.keys[name.lowercased()]?["endpoint_url"], !url.isEmpty {
            return .init(url: url, origin: .file(configPath, section: "services " + section.name))
        }
        if let profile, let url = profile["endpoint_url"] {
            return .init(url: url, origin: .file(configPath, section: profile.name))
        }
        return nil
    }
}
