import FinOps
import HTTP
import Notices
import Pipeline

/// Sends approved reports by mail to the people a list names. The list is read at the moment of sending.
struct MailedReports: ReportPost {
    /// Longer than a notice: the page is attached, and servers look into it before they answer.
    static let deadlineSeconds = 60.0

    let list: SecretSource
    let mail: MailSetting
    let environment: [String: String]

    func recipients() async throws -> [String] {
        try MailAddress.list(try await list.read(environment), from: list).map(\.mailbox)
    }

    func send(_ letter: ReportLetter) async -> PostOutcome {
        guard let recipient = MailAddress(letter.recipient), let mailed = StakeholderMail(letter.reports) else {
            return .refused("there is no stakeholder e-mail to send")
        }
        let carrier: any MailCarrier
        do {
            carrier = try await mail.carrier(environment)
        } catch let error as any ExplainedError {
            return .refused(error.summary)
        } catch {
            return .refused("the login of the mail server cannot be read")
        }
        let message = mailed.message(from: mail.sender, to: recipient, key: letter.key, date: letter.date)
        return switch await carrier.send(message, deadlineSeconds: Self.deadlineSeconds) {
        case .accepted: .accepted
        case .refused(let words): .refused(words)
        case .unknown(let words): .unknown(words)
        }
    }
}
