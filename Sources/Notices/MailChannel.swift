public import FinOps
import Foundation
public import HTTP

/// Takes a message where it is going: to an SMTP server, or to Amazon SES.
public protocol MailCarrier: Sendable {
    func send(_ message: MailMessage, deadlineSeconds: Double) async -> MailOutcome
}

/// Over SMTP.
public struct SMTPCarrier: MailCarrier {
    private let client: any MailSending

    public init(_ client: any MailSending) { self.client = client }

    public func send(_ message: MailMessage, deadlineSeconds: Double) async -> MailOutcome {
        await client.send(
            [UInt8](message.encoded()), MailEnvelope(sender: message.from.mailbox, recipient: message.to.mailbox),
            deadlineSeconds: deadlineSeconds)
    }
}

/// A notice as a mail to each of a few people, who do not learn of one another.
public struct MailChannel: NoticeChannel {
    public let name: String
    private let sender: MailAddress
    private let recipients: [MailAddress]
    private let carrier: any MailCarrier
    private let clock: any FinOps.Clock
    private let hashing: any Hashing

    public init(
        name: String, sender: MailAddress, recipients: [MailAddress], carrier: any MailCarrier,
        clock: any FinOps.Clock, hashing: any Hashing
    ) {
        (self.name, self.sender, self.recipients) = (name, sender, recipients)
        (self.carrier, self.clock, self.hashing) = (carrier, clock, hashing)
    }

    public func deliver(_ notice: Notice) async -> Delivery {
        let now = clock.now()
        let outcomes = await withTaskGroup(of: MailOutcome.self) { group in
            for recipient in recipients {
                let message = message(notice, to: recipient, at: now)
                group.addTask { await carrier.send(message, deadlineSeconds: NoticeRound.deadlineSeconds) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let reasons = outcomes.compactMap { outcome in
            switch outcome {
            case .accepted: nil as String?
            case .refused(let words), .unknown(let words): words
            }
        }
        guard let reason = reasons.min() else { return .delivered }
        return .failed("\(reasons.count) of \(recipients.count) messages: \(reason)")
    }

    private func message(_ notice: Notice, to recipient: MailAddress, at now: Timestamp) -> MailMessage {
        let key = hashing.sha256(Data("\(notice.text)\n\(now)\n\(recipient.mailbox)".utf8))
        return MailMessage(
            from: sender, to: recipient, subject: notice.title, id: "\(key.hex.prefix(32))@\(sender.domain)",
            date: now, text: notice.text)
    }
}
