/// Whether Cost Explorer shows the caller what AWS bills, or prices that a reseller has set. Pro-forma figures agree with one
/// another perfectly and with no invoice: nothing may be concluded from them.
struct ProFormaCheck {
    /// Nil in a record made before it was asked.
    let views: Observation<BillingViewListing>?
    let caller: String?

    /// Not empty when the figures are pro forma.
    var troubles: [Trouble] {
        guard let listing = views?.value, let caller else { return [] }
        return listing.proForma(shownTo: caller).prefix(1).map { view in
            Trouble(
                .inconsistent, code: "ProFormaView",
                message: "account \(caller) is shown pro-forma figures of AWS Billing Conductor, set by account "
                    + "\(view.owner ?? "unknown") (\(view.type)): they are not what AWS bills",
                operation: "billing:ListBillingViews", requestID: listing.record.pages.first?.requestID,
                hint: "run with a profile of the account that pays AWS")
        }
    }

    var warnings: [String] {
        guard let trouble = views?.trouble else { return [] }
        return ["Whether these are pro-forma figures is not known: \(ComparisonScope.obstacle(trouble))."]
    }
}
