import Evidence
import FinOps

/// Asks the authorities to stamp a seal that was just made. Whatever comes of it, the month stays sealed: a stamp that is
/// missing is said aloud and can be made up for.
struct StampRound {
    let environment: RunEnvironment

    /// Returns how many stamps the seal carries afterwards.
    @discardableResult
    func stamp(_ folder: MonthFolder) async -> Int {
        do {
            for receipt in try await environment.stamper.stamp(folder) { tell(receipt, folder) }
            return try environment.stamper.stampCount(folder)
        } catch let error as any ExplainedError {
            notice("\(folder) is sealed, unstamped: \(error.summary)", hint: error.hint)
        } catch {
            notice("\(folder) is sealed, unstamped: \(error)", hint: nil)
        }
        return 0
    }

    private func tell(_ receipt: StampReceipt, _ folder: MonthFolder) {
        switch receipt.result {
        case .stamped: break
        case .refused(let reason), .unreachable(let reason):
            notice(
                "\(receipt.authority) did not stamp \(folder): \(reason)",
                hint: "`finops-monthly stamp` asks again")
        }
    }

    private func notice(_ text: String, hint: String?) {
        environment.observer.observe(.notice(text + (hint.map { "; \($0)" } ?? "")))
    }
}
