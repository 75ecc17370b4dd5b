/// What an identity must be allowed for each read. IAM names most actions after the operation, but not all.
extension ReadOperation {
    /// Who is in want of the operation.
    enum Purpose: String, Hashable, Sendable, CaseIterable {
        /// The month. Budgets, invoices, the forecast and the tree cost only themselves when they are missing.
        case month = "ReadTheMonth"
        /// `doctor`, when it looks for permissions that should not be there. A month never asks.
        case checkup = "LetDoctorLookForWrites"
        /// Only where the setting `required_account_tags` names any.
        case accountTags = "ReadAccountTags"
        /// Only of a bucket that line-item exports are delivered to.
        case exports = "ReadLineItemExports"
    }

    var purpose: Purpose {
        switch self {
        case .getRole, .simulatePrincipalPolicy: .checkup
        case .listTagsForResource: .accountTags
        case .listObjects, .headObject, .getObject: .exports
        default: .month
        }
    }

    /// The IAM action that allows the operation; nil where AWS asks for none. From the Service Authorization Reference of
    /// each service.
    var permission: String? {
        switch self {
        // Answered even to identities that are denied it.
        case .getCallerIdentity: nil
        // Budgets are read under an action of its own name; there is no `budgets:DescribeBudgets`.
        case .describeBudgets: "budgets:ViewBudget"
        case .listObjects: "s3:ListBucket"
        // Whoever may read an object may look at it.
        case .headObject, .getObject: "s3:GetObject"
        case .describeOrganization, .listAccounts, .listRoots, .listOrganizationalUnitsForParent,
            .listAccountsForParent, .listTagsForResource, .getCostAndUsage, .getCostForecast, .listInvoiceSummaries,
            .getAnomalies, .getSavingsPlansUtilizationDetails, .getSavingsPlansCoverage, .getReservationUtilization,
            .getReservationCoverage, .describeSavingsPlans, .listRecommendations, .listEfficiencyMetrics,
            .listBillingViews, .getInstanceRecommendations, .getVolumeRecommendations, .getFunctionRecommendations,
            .getDatabaseRecommendations, .getRole, .simulatePrincipalPolicy:
            rawValue
        }
    }

    /// What AWS wants allowed beside it: Compute Optimizer looks at the resources in the caller's name.
    var dependentPermissions: [String] {
        switch self {
        case .getInstanceRecommendations: ["ec2:DescribeInstances"]
        case .getVolumeRecommendations: ["ec2:DescribeVolumes"]
        case .getFunctionRecommendations: ["lambda:ListFunctions", "lambda:ListProvisionedConcurrencyConfigs"]
        case .getDatabaseRecommendations: ["rds:DescribeDBClusters", "rds:DescribeDBInstances"]
        default: []
        }
    }
}
