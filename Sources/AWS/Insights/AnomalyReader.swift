import FinOps
import Foundation

/// What AWS's own Cost Anomaly Detection found.
struct AnomalyReader {
    let reader: PaidReader
    let hashing: any Hashing

    func anomalies(from firstDay: CalendarDay, to lastDay: CalendarDay) async throws -> AnomalyListing {
        let body = Self.body(from: firstDay, to: lastDay)
        let pages = try await reader.listing(
            .getAnomalies, body, token: \AnomalyPage.NextPageToken,
            // Feedback and impact change from day to day.
            validity: { _, _ in .thatDay }, decode: AnswerJSON.decoder(AnomalyPage.self))
        let anomalies = try pages.flatMap { page in
            try page.value.Anomalies.map { try Self.anomaly($0, requestID: page.requestID) }
        }
        return AnomalyListing(
            anomalies: anomalies.sorted { ($0.firstDay, $0.id) < ($1.firstDay, $1.id) },
            record: QueryRecord(
                id: "anomalies", .getAnomalies, body: body.data, pages: pages, rows: anomalies.count, hashing: hashing))
    }

    static func body(from firstDay: CalendarDay, to lastDay: CalendarDay) -> RequestJSON {
        ["DateInterval": ["StartDate": .text(firstDay.description), "EndDate": .text(lastDay.description)]]
    }

    private static func anomaly(_ item: AnomalyPage.Anomaly, requestID: String?) throws -> CostAnomaly {
        func day(_ text: String?) throws -> CalendarDay? {
            guard let text, !text.isEmpty else { return nil }
            // A day, or a time on it.
            guard let day = CalendarDay(String(text.prefix(10))) else {
                throw refused("anomaly \(item.AnomalyId) has a day that is none: \(text.prefix(30))", requestID)
            }
            return day
        }
        guard let firstDay = try day(item.AnomalyStartDate) else {
            throw refused("anomaly \(item.AnomalyId) has no first day", requestID)
        }
        guard let total = item.Impact.totalImpact else {
            throw refused("anomaly \(item.AnomalyId) has no total impact", requestID)
        }
        let causes = (item.RootCauses ?? []).map { cause in
            CostAnomaly.RootCause(
                service: cause.Service, region: cause.Region, linkedAccount: cause.LinkedAccount,
                usageType: cause.UsageType, contribution: cause.Impact?.Contribution.value)
        }
        return CostAnomaly(
            id: item.AnomalyId, firstDay: firstDay, lastDay: try day(item.AnomalyEndDate),
            dimensionValue: item.DimensionValue,
            rootCauses: causes.enumerated().sorted { left, right in
                let (one, other) = (left.element.contribution ?? .zero, right.element.contribution ?? .zero)
                return one == other ? left.offset < right.offset : one > other
            }.map(\.element),
            impact: CostAnomaly.Impact(
                maxImpact: item.Impact.MaxImpact.value, totalImpact: total,
                totalActualSpend: item.Impact.TotalActualSpend?.value,
                totalExpectedSpend: item.Impact.TotalExpectedSpend?.value),
            feedback: item.Feedback)
    }

    private static func refused(_ message: String, _ requestID: String?) -> Trouble {
        Trouble(
            .inconsistent, code: "UnreadableAnomaly", message: message,
            operation: ReadOperation.getAnomalies.rawValue, requestID: requestID)
    }
}

private struct AnomalyPage: Decodable, Sendable {
    let Anomalies: [Anomaly]
    let NextPageToken: String?

    struct Anomaly: Decodable, Sendable {
        let AnomalyId: String
        let AnomalyStartDate: String?
        let AnomalyEndDate: String?
        let DimensionValue: String?
        let RootCauses: [Cause]?
        let Impact: Impact
        let Feedback: String?
    }

    struct Cause: Decodable, Sendable {
        let Service: String?
        let Region: String?
        let LinkedAccount: String?
        let UsageType: String?
        let Impact: Share?
    }

    struct Share: Decodable, Sendable {
        let Contribution: JSONAmount
    }

    struct Impact: Decodable, Sendable {
        let MaxImpact: JSONAmount
        let TotalImpact: JSONAmount?
        let TotalActualSpend: JSONAmount?
        let TotalExpectedSpend: JSONAmount?

        /// Given, or the difference it is defined as.
        var totalImpact: ExactDecimal? {
            if let TotalImpact { return TotalImpact.value }
            guard let TotalActualSpend, let TotalExpectedSpend else { return nil }
            return TotalActualSpend.value - TotalExpectedSpend.value
        }
    }
}
