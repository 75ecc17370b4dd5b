import FinOps
import Foundation

/// Which views of billing data the caller has in a month.
struct BillingViewsService: BillingViewSource {
    let caller: any AWSCaller
    let hashing: any Hashing

    func billingViews(in month: BillingMonth) async throws -> BillingViewListing {
        // AWS wants a time within one calendar month; both ends belong to it.
        let start = month.firstDay.daysSinceEpoch * 86_400
        let end = month.firstDayAfter.daysSinceEpoch * 86_400 - 1
        let body: RequestJSON = [
            "activeTimeRange": ["activeAfterInclusive": .integer(start), "activeBeforeInclusive": .integer(end)],
            "maxResults": 100,
        ]
        let pages = try await Paging.drain(.listBillingViews, token: \BillingViewPage.nextToken) { token in
            try await caller.call(
                .listBillingViews, body: body.adding("nextToken", token).data,
                decode: AnswerJSON.decoder(BillingViewPage.self))
        }
        let views = pages.flatMap(\.value.billingViews).map {
            BillingView(arn: $0.arn, type: $0.billingViewType ?? "unknown", owner: $0.ownerAccountId)
        }
        return BillingViewListing(
            views: views.sorted { $0.arn < $1.arn },
            record: QueryRecord(
                id: "billing-views", .listBillingViews, body: body.data, pages: pages, rows: views.count,
                hashing: hashing))
    }
}

/// Members as AWS names them; every account has at least one view.
private struct BillingViewPage: Decodable, Sendable {
    let billingViews: [View]
    let nextToken: String?

    struct View: Decodable, Sendable {
        let arn: String
        let billingViewType: String?
        let ownerAccountId: String?
    }
}
