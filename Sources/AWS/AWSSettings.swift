import FinOps

/// Every setting the AWS client runs with and who decided it, for `doctor`. Names and places, never a secret.
public struct AWSSettings: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        /// `profile`, `region`, `credentials`, `endpoint.ce`, …
        public let name: String
        public let value: String
        /// `--profile`, `AWS_REGION`, `/home/x/.aws/config [billing]`, `built in`.
        public let origin: String

        init(_ name: String, _ value: String, _ origin: String) {
            self.name = name
            self.value = value
            self.origin = origin
        }
    }

    public let entries: [Entry]
    /// Contradictions worth a line, e.g. two variables naming different profiles.
    public let warnings: [String]

    /// Reads files and environment; sends nothing. Throws `InputError` for whatever a person must correct: an unknown
    /// profile, half a key pair, a way to sign in that is not supported.
    public static func describe(
        profile: String?, region: String? = nil, endpointURL: String? = nil, environment: [String: String],
        homeDirectory: String, rateLimits: RateLimits = RateLimits()
    ) throws -> AWSSettings {
        try ResolvedSettings(
            profile: profile, region: region, endpointURL: endpointURL, environment: environment,
            homeDirectory: homeDirectory, files: .disk, rateLimits: rateLimits
        ).description
    }
}

/// The same, as the client needs it.
struct ResolvedSettings: Sendable {
    let environment: [String: String]
    let homeDirectory: String
    let files: SettingsFiles
    let configuration: SharedConfiguration
    let selection: ProfileSelection
    let region: RegionSelection
    let endpoints: EndpointTable
    let plan: CredentialPlan
    let retries: RetryPolicy
    let rateLimits: RateLimits
    let load: @Sendable () throws -> SharedConfiguration

    init(
        profile flag: String?, region regionFlag: String?, endpointURL: String?, environment: [String: String],
        homeDirectory: String, files: SettingsFiles, rateLimits: RateLimits = RateLimits()
    ) throws {
        let load = { @Sendable in
            try SharedConfiguration.load(environment: environment, homeDirectory: homeDirectory, files: files)
        }
        let configuration = try load()
        let selection = ProfileSelection(flag: flag, environment: environment)
        // Whoever names a profile means one that exists; nobody needs a default one.
        if selection.origin != .builtIn { _ = try configuration.profile(selection.name) }
        let profile = configuration.profiles[selection.name]
        let region = RegionSelection(
            flag: regionFlag, environment: environment, profile: profile, configPath: configuration.configPath)
        self.environment = environment
        self.homeDirectory = homeDirectory
        self.files = files
        self.rateLimits = rateLimits
        self.configuration = configuration
        self.selection = selection
        self.region = region
        self.load = load
        endpoints = try EndpointTable(
            flag: endpointURL, environment: environment, profile: profile, configuration: configuration,
            region: region.name)
        plan = try CredentialPlanner(
            environment: environment, configuration: configuration, selection: selection, homeDirectory: homeDirectory,
            files: files
        ).plan()
        retries = try RetryPolicy(environment: environment, profile: profile)
    }

    var description: AWSSettings {
        var entries = [
            AWSSettings.Entry("profile", selection.name, "\(selection.origin)"),
            AWSSettings.Entry("credentials", plan.description, planOrigin),
            AWSSettings.Entry("region", region.name, "\(region.origin)"),
        ]
        for service in AWSService.allCases {
            let endpoint = endpoints[service]
            entries.append(.init("endpoint." + service.rawValue, endpoint.url, "\(endpoint.origin)"))
        }
        for service in AWSService.allCases {
            let limit = rateLimits[service]
            let rate = limit.requestsPerSecond
            entries.append(
                .init(
                    "rate_limit." + service.rawValue,
                    "\(rate == rate.rounded() ? "\(Int(rate))" : "\(rate)") requests a second, at most \(limit.burst) at once",
                    rateLimits.isChosen(service) ? "rate_limits" : "built in"))
        }
        entries.append(
            .init("max_attempts", String(retries.attempts), retries == RetryPolicy() ? "built in" : "configured"))
        return AWSSettings(
            entries: entries,
            warnings: ConflictingSettings.warnings(environment: environment, selection: selection, plan: plan))
    }

    private var planOrigin: String {
        let config = configuration.configPath
        return switch plan {
        case .environment: "AWS_ACCESS_KEY_ID"
        case .sharedFile(_, let path): path
        case .assumeRole(let role, _): "\(config) [\(role.profile)]"
        case .webIdentity(let request):
            request.profile.map { "\(config) [\($0)]" } ?? "AWS_WEB_IDENTITY_TOKEN_FILE"
        case .singleSignOn(let request): "\(config) [\(request.profile)]"
        case .login(let request): "\(config) [\(request.profile)]"
        case .process(let request): "\(config) [\(request.profile)]"
        case .container: "AWS_CONTAINER_CREDENTIALS_*"
        case .instanceMetadata(_, let lookedAt), .nothing(let lookedAt):
            "looked at " + lookedAt.joined(separator: ", then at ")
        }
    }
}
