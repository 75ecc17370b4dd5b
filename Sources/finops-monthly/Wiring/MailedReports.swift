import FinOps
import HTTP
import Notices
import Pipeline
import Reports

/// Sends approved reports by mail to the people a list names. The list, and the login where there is one, are read at the
/// moment of sending.
actor MailedReports: ReportPost {
    /// Longer than a notice: the page is attached, and servers look into it before they answer.
    static let deadlineSeconds = 60.0

    private let list: SecretSource
    private let mail: MailSetting
    private let messenger: Messenger
    private var carrier: (any MailCarrier)?

    init(list: SecretSource, mail: MailSetting, messenger: Messenger) {
        (self.list, self.mail, self.messenger) = (list, mail, messenger)
    }

    func recipients() async throws -> [String] {
        try MailAddress.list(try await list.read(messenger.environment), from: list).map(\.mailbox)
    }

    func send(_ letter: ReportLetter) async -> PostOutcome {
        let lead = LeadPage.path(among: letter.reports.map(\.path))
        guard let recipient = MailAddress(letter.recipient),
            let mailed = StakeholderMail(letter.reports, attaching: lead)
        else { return .refused("there is no stakeholder e-mail to send") }
        let message = mailed.message(from: mail.sender, to: recipient, key: letter.key, date: letter.date)
        do {
            return switch try await openCarrier().send(message, deadlineSeconds: Self.deadlineSeconds) {
            case .accepted(let id): .accepted(id: id)
            case .refused(let words): .refused(words)
            case .unknown(let words): .unknown(words)
            }
        } catch let error as any ExplainedError {
            return .refused(error.summary)
        } catch {
            return .refused("the login of the mail server cannot be read")
        }
    }

    /// One for all letters, so that they share a rate and what was signed in once.
    private func openCarrier() async throws -> any MailCarrier {
        if let carrier { return carrier }
        let opened = try await mail.carrier(messenger)
        carrier = opened
        return opened
    }
}
