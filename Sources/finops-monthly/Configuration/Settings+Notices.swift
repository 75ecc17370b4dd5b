import FinOps
import HTTP
import Notices

/// One entry of `notifications`: how people are told, and where the URL, topic or list of recipients is read.
struct NoticeSetting: Hashable, Sendable {
    enum Kind: String, CaseIterable { case slack, teams, mail }

    let kind: Kind
    let source: SecretSource
    /// `slack`, and `slack 2` for a second one.
    let name: String
}

/// How mail leaves: who sends it, and through which server.
struct MailSetting: Hashable, Sendable {
    let server: MailServer
    let sender: MailAddress
    let login: SecretSource?
}

extension Settings {
    /// A value that is refused is never quoted here: people put URLs where their place should stand.
    func notices() throws -> [NoticeSetting] {
        var counts: [NoticeSetting.Kind: Int] = [:]
        let found = try (self[.notifications]?.texts ?? []).enumerated().map { index, text in
            let parts = text.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let kind = NoticeSetting.Kind(rawValue: String(parts[0])),
                let source = SecretSource(parts[1])
            else {
                throw refusal(
                    .notifications,
                    "entry \(index + 1) of `notifications` must be KIND=PLACE such as slack=env:SLACK_URL",
                    hint:
                        "kinds are \(NoticeSetting.Kind.allCases.map(\.rawValue).joined(separator: ", ")); places are "
                        + "env:NAME, file:PATH and command:TEXT, since the URL itself is a secret")
            }
            counts[kind, default: 0] += 1
            let count = counts[kind] ?? 1
            return NoticeSetting(
                kind: kind, source: source, name: count == 1 ? kind.rawValue : "\(kind.rawValue) \(count)")
        }
        if found.contains(where: { $0.kind == .mail }), try mail() == nil { throw mailless(.notifications, "`mail`") }
        return found
    }

    /// Where the list of those who get the approved reports is read; nil when nobody does.
    func distribution() throws -> (list: SecretSource, mail: MailSetting)? {
        guard let text = self[.distribution]?.text else { return nil }
        guard let list = SecretSource(text) else {
            throw refusal(
                .distribution, "`distribution` must name a place: env:NAME, file:PATH or command:TEXT",
                hint: "the place holds one address a line, and lies outside the archive")
        }
        guard let mail = try mail() else { throw mailless(.distribution, "`distribution`") }
        return (list, mail)
    }

    private func mailless(_ setting: Setting, _ what: String) -> InputError {
        refusal(
            setting, "\(what) needs the settings `mail_server` and `mail_from`",
            hint: "for example `mail_server: smtp://mail.example.org:587` and `mail_from: finops@example.org`")
    }

    /// Nil when no server or no sender is named.
    func mail() throws -> MailSetting? {
        guard let serverText = self[.mailServer]?.text, let senderText = self[.mailFrom]?.text else { return nil }
        guard let server = MailServer(serverText) else {
            throw refusal(
                .mailServer, "`mail_server` must be smtp://HOST:PORT or smtps://HOST:PORT",
                hint: "user and password are read from the place that `mail_login` names")
        }
        guard let sender = MailAddress(senderText) else {
            throw refusal(
                .mailFrom, "`mail_from` must be an address such as FinOps <finops@example.org>", hint: nil)
        }
        let login = self[.mailLogin].map { SecretSource($0.text) }
        if case .some(nil) = login {
            throw refusal(
                .mailLogin, "`mail_login` must name a place: env:NAME, file:PATH or command:TEXT",
                hint: "the place holds USER:PASSWORD")
        }
        return MailSetting(server: server, sender: sender, login: login ?? nil)
    }

    private func refusal(_ setting: Setting, _ sentence: String, hint: String?) -> InputError {
        InputError("bad_setting", "\(self[setting].map { "\($0.origin)" } ?? "settings"): \(sentence)", hint: hint)
    }
}
