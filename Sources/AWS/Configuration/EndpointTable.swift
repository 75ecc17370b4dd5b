import FinOps

/// Where each service answers, and who said so.
struct EndpointTable: Hashable, Sendable {
    struct Endpoint: Hashable, Sendable {
        /// Scheme, host and perhaps a port and a path; no trailing slash.
        let url: String
        let origin: SettingOrigin
    }

    let endpoints: [AWSService: Endpoint]

    subscript(service: AWSService) -> Endpoint { endpoints[service]! }

    /// Flag, `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's `[services]` section, the profile's
    /// `endpoint_url`, then AWS's own hosts. Throws `InputError` for a URL that is none, a missing section, and for partitions
    /// and endpoint variants whose hosts are not known here.
    init(
        flag: String?, environment: [String: String], profile: SharedConfiguration.Profile?,
        configuration: SharedConfiguration, region: String
    ) throws {
        let sources = try Sources(
            flag: flag, environment: environment, profile: profile, configuration: configuration)
        var endpoints: [AWSService: Endpoint] = [:]
        for service in AWSService.allCases {
            if let configured = sources.configured(service) {
                endpoints[service] = try Self.checked(configured)
            } else {
                try Self.refuseUnknownHosts(region: region, environment: environment)
                endpoints[service] = Endpoint(url: "https://" + service.host(region), origin: .builtIn)
            }
        }
        self.endpoints = endpoints
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

    private static func refuseUnknownHosts(region: String, environment: [String: String]) throws {
        guard region.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }), !region.isEmpty
        else { throw InputError("invalid_region", "not a region: \(region)", hint: "for example us-east-1") }
        if ["cn-", "us-gov-", "us-iso", "eu-isoe-", "eusc-"].contains(where: region.hasPrefix) {
            throw InputError(
                "unsupported_partition", "the hosts of region \(region) are not known to this tool",
                hint: "name them with AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL_COST_EXPLORER and their like")
        }
        for variable in ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"]
        where environment[variable]?.lowercased() == "true" {
            throw InputError(
                "unsupported_setting", "\(variable) is set, and this tool does not know those endpoints",
                hint: "name them with AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL_COST_EXPLORER and their like")
        }
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

    func configured(_ service: AWSService) -> EndpointTable.Endpoint? {
        if let flag { return .init(url: flag, origin: .flag("--endpoint-url")) }
        if isIgnoring { return nil }
        for variable in ["AWS_ENDPOINT_URL_" + service.configurationName, "AWS_ENDPOINT_URL"] {
            if let url = environment[variable], !url.isEmpty { return .init(url: url, origin: .environment(variable)) }
        }
        if let section, let url = section.keys[service.configurationName.lowercased()]?["endpoint_url"], !url.isEmpty {
            return .init(url: url, origin: .file(configPath, section: "services " + section.name))
        }
        if let profile, let url = profile["endpoint_url"] {
            return .init(url: url, origin: .file(configPath, section: profile.name))
        }
        return nil
    }
}
