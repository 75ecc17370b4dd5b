import AWS
import Evidence
import FinOps
import Foundation
import HTTP
import Notices
import OpenSSL
import Pipeline

/// Tells people where a run stands. Whatever goes wrong here is a line on stderr and in `status`; the run and its record never
/// notice.
struct NoticeDesk {
    private let global: GlobalOptions
    private let entries: [NoticeSetting]
    private let mail: MailSetting?
    private let settings: Settings

    /// Throws `InputError` for a setting that makes no sense: before the run, while nothing was paid for.
    init(_ global: GlobalOptions, settings: Settings) throws {
        (self.global, self.settings) = (global, settings)
        entries = try settings.notices()
        mail = try settings.mail()
    }

    /// - Parameter request: What the notice is about; its AWS profile tells people, unless another is named for that.
    func tell(_ notice: Notice, of request: RunRequest, layout: ArchiveLayout) async {
        guard !entries.isEmpty else { return }
        do {
            let http = try HTTPClient(HTTPSettings(environment: global.environment))
            defer { http.shutdown() }
            let messenger = try Messenger(global, settings: settings, runProfile: request.profile, http: http)
            var channels: [any NoticeChannel] = []
            for entry in entries { channels.append(await channel(entry, messenger)) }
            let shelf = NoticeShelf(layout: layout, fileSystem: LocalFileSystem())
            let receipts = await NoticeRound(channels).send(
                notice, earlier: shelf.receipts(of: notice.run), hashing: SystemHashing())
            for receipt in receipts where !receipt.isDelivered {
                say("\(receipt.channel) was not told: \(receipt.reason ?? "no reason given")")
            }
            try shelf.keep(receipts, of: notice.run)
        } catch let error as any ExplainedError {
            say("nobody was told: \(error.summary)")
        } catch {
            say("nobody was told: \(error)")
        }
    }

    /// A channel whose secret cannot be read is one that fails.
    private func channel(_ entry: NoticeSetting, _ messenger: Messenger) async -> any NoticeChannel {
        do {
            let text = try await entry.source.read(global.environment)
            switch entry.kind {
            case .slack: return try webhook(.slack, entry, url: text, messenger.http)
            case .teams: return try webhook(.teams, entry, url: text, messenger.http)
            case .sns:
                let topic = try TopicARN(text)
                return TopicChannel(
                    name: entry.name, topic: topic, messaging: try await messenger.open(region: topic.region))
            case .mail: return try await mailChannel(entry, recipients: text, messenger)
            }
        } catch let error as any ExplainedError {
            return SilentChannel(name: entry.name, reason: error.summary)
        } catch {
            return SilentChannel(name: entry.name, reason: "its place cannot be read")
        }
    }

    private func webhook(
        _ kind: WebhookChannel.Kind, _ entry: NoticeSetting, url: String, _ http: any HTTPSending
    ) throws -> WebhookChannel {
        guard let channel = WebhookChannel(kind, name: entry.name, url: url, http: http) else {
            throw InputError("bad_webhook", "what \(entry.source.label) holds is no https URL")
        }
        return channel
    }

    private func mailChannel(
        _ entry: NoticeSetting, recipients: String, _ messenger: Messenger
    ) async throws -> MailChannel {
        guard let mail else { throw InputError("no_mail_server", "no `mail_server` is set") }
        return MailChannel(
            name: entry.name, sender: mail.sender,
            recipients: try MailAddress.list(recipients, from: entry.source),
            carrier: try await mail.carrier(messenger), clock: SystemClock(), hashing: SystemHashing())
    }

    private func say(_ text: String) {
        switch global.format {
        case .text: global.terminal.talk("note: \(text)")
        case .json, .jsonl:
            guard let line = try? JSONText.line(Said(message: text)) else { return }
            global.terminal.talk(String(decoding: line, as: UTF8.self))
        }
    }
}

/// A line on stderr where stdout is JSON: the run's own last line has been written by then.
private struct Said: Encodable {
    let type = "notice"
    let message: String
}

/// Its URL or its recipients could not be read.
private struct SilentChannel: NoticeChannel {
    let name: String
    let reason: String

    func deliver(_ notice: Notice) async -> Delivery { .failed(reason) }
}

extension MailAddress {
    /// Throws `InputError` with the number of a line that is no address.
    static func list(_ text: String, from source: SecretSource) throws -> [MailAddress] {
        let found: [MailAddress]
        do {
            found = try list(text)
        } catch {
            throw InputError("bad_recipient", "line \(error.number) of \(source.label) is no mail address")
        }
        guard !found.isEmpty else { throw InputError("no_recipient", "\(source.label) names nobody") }
        return found
    }
}

extension MailSetting {
    func carrier(_ messenger: Messenger) async throws -> any MailCarrier {
        switch route {
        case .service(let region): return ServiceCarrier(messaging: try await messenger.open(region: region))
        case .server(var server, let login):
            server.caBundlePath = HTTPSettings(environment: messenger.environment).caBundlePath
            if let login {
                let parts = try await login.read(messenger.environment).split(separator: ":", maxSplits: 1)
                guard parts.count == 2 else {
                    throw InputError("bad_mail_login", "what \(login.label) holds is not USER:PASSWORD")
                }
                server.login = MailServer.Login(user: String(parts[0]), password: String(parts[1]))
            }
            return SMTPCarrier(MailClient(server))
        }
    }
}
