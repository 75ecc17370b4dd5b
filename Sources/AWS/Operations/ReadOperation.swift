import FinOps

/// Everything this tool can ask of AWS. A write has no case, so no caller can express one.
enum ReadOperation: String, Hashable, Sendable, CaseIterable {
    case getCallerIdentity = "sts:GetCallerIdentity"
    case describeOrganization = "organizations:DescribeOrganization"
    case listAccounts = "organizations:ListAccounts"
    case listRoots = "organizations:ListRoots"
    case listOrganizationalUnitsForParent = "organizations:ListOrganizationalUnitsForParent"
    case listAccountsForParent = "organizations:ListAccountsForParent"
    case listTagsForResource = "organizations:ListTagsForResource"
    case getCostAndUsage = "ce:GetCostAndUsage"
    case getCostForecast = "ce:GetCostForecast"
    case getAnomalies = "ce:GetAnomalies"
    case getSavingsPlansUtilizationDetails = "ce:GetSavingsPlansUtilizationDetails"
    case getSavingsPlansCoverage = "ce:GetSavingsPlansCoverage"
    case getReservationUtilization = "ce:GetReservationUtilization"
    case getReservationCoverage = "ce:GetReservationCoverage"
    case describeBudgets = "budgets:DescribeBudgets"
    case listInvoiceSummaries = "invoicing:ListInvoiceSummaries"
    case listBillingViews = "billing:ListBillingViews"
    case describeSavingsPlans = "savingsplans:DescribeSavingsPlans"
    case listRecommendations = "cost-optimization-hub:ListRecommendations"
    case listEfficiencyMetrics = "cost-optimization-hub:ListEfficiencyMetrics"
    case getInstanceRecommendations = "compute-optimizer:GetEC2InstanceRecommendations"
    case getVolumeRecommendations = "compute-optimizer:GetEBSVolumeRecommendations"
    case getFunctionRecommendations = "compute-optimizer:GetLambdaFunctionRecommendations"
    case getDatabaseRecommendations = "compute-optimizer:GetRDSDatabaseRecommendations"
    case getRole = "iam:GetRole"
    case simulatePrincipalPolicy = "iam:SimulatePrincipalPolicy"
    case listObjects = "s3:ListObjectsV2"
    case headObject = "s3:HeadObject"
    case getObject = "s3:GetObject"

    var call: ServiceCall {
        let service: AWSService =
            switch self {
            case .getCallerIdentity: .securityToken
            case .describeOrganization, .listAccounts, .listRoots, .listOrganizationalUnitsForParent,
                .listAccountsForParent, .listTagsForResource:
                .organizations
            case .getCostAndUsage, .getCostForecast, .getAnomalies, .getSavingsPlansUtilizationDetails,
                .getSavingsPlansCoverage, .getReservationUtilization, .getReservationCoverage:
                .costExplorer
            case .describeBudgets: .budgets
            case .listInvoiceSummaries: .invoicing
            case .listBillingViews: .billing
            case .describeSavingsPlans: .savingsPlans
            case .listRecommendations, .listEfficiencyMetrics: .optimizationHub
            case .getInstanceRecommendations, .getVolumeRecommendations, .getFunctionRecommendations,
                .getDatabaseRecommendations:
                .computeOptimizer
            case .getRole, .simulatePrincipalPolicy: .identityManagement
            case .listObjects, .headObject, .getObject: .storage
            }
        return ServiceCall(service: service, name: rawValue)
    }

    /// Dollars of one answered request. Cost Explorer bills every page, and no failed request (AWS's Cost Explorer FAQ); the
    /// others are free.
    var priceUSD: ExactDecimal { call.priceUSD }
}

/// An operation as the wire needs it. Made here only: from a read, to take on a role, to sign, or to tell people.
struct ServiceCall: Hashable, Sendable {
    let service: AWSService
    /// `ce:GetCostAndUsage`.
    let name: String

    fileprivate init(service: AWSService, name: String) {
        self.service = service
        self.name = name
    }

    /// Changes nothing in the account, but is not a question either: only credentials use it.
    static let assumeRole = ServiceCall(service: .securityToken, name: "sts:AssumeRole")
    /// The same with somebody else's token; never signed.
    static let assumeRoleWithWebIdentity = ServiceCall(service: .securityToken, name: "sts:AssumeRoleWithWebIdentity")

    /// Not a read and in no table of reads: signs a digest with a key that a person named. Changes nothing in the account.
    static let sign = ServiceCall(service: .keyManagement, name: "kms:Sign")
    /// Goes with it.
    static let getPublicKey = ServiceCall(service: .keyManagement, name: "kms:GetPublicKey")

    /// Writes, and in no table of reads: only `Messaging` sends them, each once.
    static let publish = ServiceCall(service: .notification, name: "sns:Publish")
    static let sendEmail = ServiceCall(service: .email, name: "ses:SendEmail")

    /// Not in the table of reads either: Athena writes what a query answers into a bucket. Only `Athena` sends them.
    static let startQueryExecution = ServiceCall(service: .athena, name: "athena:StartQueryExecution")
    static let stopQueryExecution = ServiceCall(service: .athena, name: "athena:StopQueryExecution")
    /// Go with them.
    static let getQueryExecution = ServiceCall(service: .athena, name: "athena:GetQueryExecution")
    static let getQueryResults = ServiceCall(service: .athena, name: "athena:GetQueryResults")
    static let getWorkGroup = ServiceCall(service: .athena, name: "athena:GetWorkGroup")
    static let getTable = ServiceCall(service: .glue, name: "glue:GetTable")
    static let getPartition = ServiceCall(service: .glue, name: "glue:GetPartition")

    /// `GetCostAndUsage`.
    var action: String { String(name.drop { $0 != ":" }.dropFirst()) }
    var priceUSD: ExactDecimal { service == .costExplorer ? ExactDecimal("0.01") : .zero }
}
