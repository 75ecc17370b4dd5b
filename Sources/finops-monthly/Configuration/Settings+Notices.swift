import FinOps
import HTTP
import Notices

/// One entry of `notifications`: how people are told, and where the URL, topic or list of recipients is read.
struct NoticeSetting: Hashable, Sendable {
    enum Kind: String, CaseIterable { case slack, teams, sns, mail }

    let kind: Kind
    let source: SecretSource
    /// `slack`, and `slack 2` for a second one.
    let name: String
}

/// How mail leaves: who sends it, and which way.
struct MailSetting: Hashable, Sendable {
    enum Route: Hashable, Sendable {
        case server(MailServer, login: SecretSource?)
        /// Amazon SES, in a region.
        case service(region: String)
    }

    let route: Route
    let sender: MailAddress
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
        guard let sender = MailAddress(senderText) else {
            throw refusal(
                .mailFrom, "`mail_from` must be an address such as FinOps <finops@example.org>", hint: nil)
        }
        return MailSetting(route: try mailRoute(serverText), sender: sender)
    }

    private func mailRoute(_ text: String) throws -> MailSetting.Route {
        let login = try mailLogin()
        let service = "ses://"
        if text.hasPrefix(service) {
            let region = String(text.dropFirst(service.count))
            guard login == nil else {
                throw refusal(
                    .mailLogin, "`mail_login` is for a mail server, and `mail_server` names Amazon SES",
                    hint: "SES is signed in to with the AWS profile `messaging_profile`, or the run's")
            }
            guard !region.isEmpty,
                region.utf8.allSatisfy({
                    (97...122).contains($0) || (48...57).contains($0) || $0 == 45
                })
            else {
                throw refusal(.mailServer, "`mail_server` must name SES with its region: ses://eu-west-1", hint: nil)
            }
            return .service(region: region)
        }
        guard let server = MailServer(text) else {
            throw refusal(
                .mailServer, "`mail_server` must be smtp://HOST:PORT, smtps://HOST:PORT or ses://REGION",
                hint: "user and password are read from the place that `mail_login` names")
        }
        return .server(server, login: login)
    }

    private func mailLogin() throws -> SecretSource? {
        guard let text = self[.mailLogin]?.text else { return nil }
        guard let login = SecretSource(text) else {
            throw refusal(
                .mailLogin, "`mail_login` must name a place: env:NAME, file:PATH or command:TEXT",
                hint: "the place holds USER:PASSWORD")
        }
        return login
    }

    private func refusal(_ setting: Setting, _ sentence: String, hint: String?) -> InputError {
        InputError("bad_setting", "\(self[setting].map { "\($0.origin)" } ?? "settings"): \(sentence)", hint: hint)
    }
}
