/// The services that are asked, with what differs between them on the wire (botocore 1.43 service models).
enum AWSService: String, Hashable, Sendable, CaseIterable {
    case securityToken = "sts"
    case organizations
    case costExplorer = "ce"
    case budgets
    case invoicing
    case billing
    case savingsPlans = "savingsplans"
    case optimizationHub = "cost-optimization-hub"
    case computeOptimizer = "compute-optimizer"
    case identityManagement = "iam"
    /// Asked only for keys that people named: to sign, which is no read.
    case keyManagement = "kms"
    /// Told only where a person wants to be told so: publishing and sending mail are no reads.
    case notification = "sns"
    case email = "ses"
    case storage = "s3"
    /// Asked only where line items lie in a table of its own.
    case athena
    /// Says where the files of such a table lie.
    case glue

    enum WireProtocol: Hashable, Sendable {
        /// `application/x-amz-json-VERSION` with the operation in `X-Amz-Target`.
        case json(version: String, targetPrefix: String)
        /// A form body with `Action` and `Version`; the answer is XML.
        case query(version: String)
        /// Method and path say what is asked; answers are XML, JSON, or the object itself.
        case rest
    }

    /// Statuses that carry an answer; 206 is the part of an object that was asked for.
    var answerStatuses: Set<Int> { self == .storage ? [200, 206] : [200] }

    /// Also the prefix of IAM actions: `ce:GetCostAndUsage`.
    var signingName: String { rawValue }

    var wireProtocol: WireProtocol {
        switch self {
        case .securityToken: .query(version: "2011-06-15")
        case .organizations: .json(version: "1.1", targetPrefix: "AWSOrganizationsV20161128")
        case .costExplorer: .json(version: "1.1", targetPrefix: "AWSInsightsIndexService")
        case .budgets: .json(version: "1.1", targetPrefix: "AWSBudgetServiceGateway")
        case .invoicing: .json(version: "1.0", targetPrefix: "Invoicing")
        case .billing: .json(version: "1.0", targetPrefix: "AWSBilling")
        case .savingsPlans: .rest
        case .optimizationHub: .json(version: "1.0", targetPrefix: "CostOptimizationHubService")
        case .computeOptimizer: .json(version: "1.0", targetPrefix: "ComputeOptimizerService")
        case .identityManagement: .query(version: "2010-05-08")
        case .keyManagement: .json(version: "1.1", targetPrefix: "TrentService")
        case .notification: .query(version: "2010-03-31")
        case .athena: .json(version: "1.1", targetPrefix: "AmazonAthena")
        case .glue: .json(version: "1.1", targetPrefix: "AWSGlue")
        case .storage, .email: .rest
        }
    }

    /// `AWS_ENDPOINT_URL_<this>`; in lower case a key of `[services NAME]`.
    var configurationName: String {
        switch self {
        case .securityToken: "STS"
        case .organizations: "ORGANIZATIONS"
        case .costExplorer: "COST_EXPLORER"
        case .budgets: "BUDGETS"
        case .invoicing: "INVOICING"
        case .billing: "BILLING"
        case .savingsPlans: "SAVINGSPLANS"
        case .optimizationHub: "COST_OPTIMIZATION_HUB"
        case .computeOptimizer: "COMPUTE_OPTIMIZER"
        case .identityManagement: "IAM"
        case .keyManagement: "KMS"
        case .notification: "SNS"
        // The second version, which is the one that is spoken.
        case .email: "SESV2"
        case .storage: "S3"
        case .athena: "ATHENA"
        case .glue: "GLUE"
        }
    }

    /// Billing services live in one region of a partition, whatever the profile says.
    func signingRegion(_ hosts: HostVariant) -> String {
        switch self {
        case .securityToken, .computeOptimizer, .keyManagement, .notification, .email, .storage, .athena, .glue:
            hosts.region
        case .savingsPlans where hosts.usesFIPS || hosts.partition != .commercial: hosts.region
        case .identityManagement where hosts.partition == .china: "cn-north-1"
        default: hosts.partition.homeRegion
        }
    }

    /// The rules of botocore 1.43, save that dual stack is asked for where a service lives, not where the profile is.
    func host(_ hosts: HostVariant) -> String {
        let home = hosts.partition.homeRegion
        switch self {
        case .securityToken: return hosts.host("sts", hosts.region, isGovernmentCertified: true)
        case .computeOptimizer: return hosts.host("compute-optimizer", hosts.region)
        case .keyManagement: return hosts.host("kms", hosts.region)
        case .notification: return hosts.host("sns", hosts.region, isGovernmentCertified: true)
        case .email: return hosts.host("email", hosts.region)
        case .athena: return hosts.host("athena", hosts.region)
        case .glue: return hosts.host("glue", hosts.region)
        case .organizations: return hosts.host("organizations", home, isGovernmentCertified: true)
        case .costExplorer: return hosts.host("ce", home)
        case .budgets:
            let isRegional = hosts.usesDualStack && !hosts.usesFIPS && hosts.partition == .commercial
            return hosts.host("budgets", isRegional ? home : nil)
        case .invoicing: return hosts.host("invoicing", home, dualStack: true)
        case .billing:
            let isDual = hosts.partition == .commercial && !hosts.usesFIPS
            return hosts.host("billing", home, dualStack: isDual ? true : nil)
        case .savingsPlans where hosts.usesFIPS || hosts.partition != .commercial:
            return hosts.host("savingsplans", hosts.region)
        case .savingsPlans: return hosts.host("savingsplans", hosts.usesDualStack ? "global" : nil)
        // botocore asks in the profile's region; the service lives in one.
        case .optimizationHub: return hosts.host("cost-optimization-hub", home)
        case .storage:
            return [
                "s3" + (hosts.usesFIPS ? "-fips" : ""), hosts.usesDualStack ? "dualstack" : nil, hosts.region,
                hosts.partition.domain,
            ].compactMap { $0 }.joined(separator: ".")
        case .identityManagement:
            let domain = hosts.usesDualStack ? hosts.partition.dualStackDomain : hosts.partition.domain
            switch hosts.partition {
            case .government: return "iam.us-gov.\(domain)"
            case .china: return "iam.\(hosts.usesDualStack ? "global" : "cn-north-1").\(domain)"
            default: return hosts.host("iam", hosts.usesDualStack ? "global" : nil)
            }
        }
    }

    /// Requests a second and how many may go at once after a pause. AWS publishes none of these; Cost Explorer is throttled
    /// at about five a second, the others are kept below what listings need.
    var rateLimit: RateLimit {
        switch self {
        case .costExplorer: RateLimit(requestsPerSecond: 4, burst: 5)
        case .organizations: RateLimit(requestsPerSecond: 10, burst: 20)
        case .securityToken: RateLimit(requestsPerSecond: 20, burst: 20)
        case .storage: RateLimit(requestsPerSecond: 50, burst: 50)
        // Accounts that left SES's own sandbox begin at 14 messages a second.
        case .email: RateLimit(requestsPerSecond: 10, burst: 10)
        case .budgets, .invoicing, .billing, .savingsPlans, .optimizationHub, .computeOptimizer, .identityManagement,
            .keyManagement, .notification, .athena, .glue:
            RateLimit(requestsPerSecond: 4, burst: 5)
        }
    }
}

/// The services that hand out keys to whoever has signed in; they are asked without a signature, in a region of their own.
enum SignInService: String, Hashable, Sendable, CaseIterable {
    case portal = "SSO"
    case tokens = "SSO_OIDC"
    /// Where `aws login` signs in; in the region of the profile.
    case login = "SIGNIN"

    /// `AWS_ENDPOINT_URL_<this>`; in lower case a key of `[services NAME]`.
    var configurationName: String { rawValue }

    func host(_ hosts: HostVariant) -> String {
        switch self {
        case .portal: hosts.host("portal.sso", hosts.region, isGovernmentCertified: true)
        case .tokens: hosts.host("oidc", hosts.region, isGovernmentCertified: true)
        case .login where hosts.usesFIPS || hosts.usesDualStack: hosts.host("signin", hosts.region)
        case .login: "\(hosts.region).\(hosts.partition.signInDomain)"
        }
    }
}
