import Evidence
import FinOps

/// Who is let in. The page listens on loopback, where every program and every page of this machine can knock, so nothing is
/// taken on trust: not the host name, not the browser, not the form.
///
/// The link that is printed works once. It is exchanged for a cookie and a path that nobody can guess; both are needed
/// afterwards, since cookies are shared by all ports of a host and paths are kept in histories.
struct PageDoor: Sendable {
    /// `127.0.0.1:43211`: a page of another name that was pointed at this address carries another.
    let host: String
    let secret: String
    let room: String
    let cookie: String
    /// Stands in the form and nowhere else.
    let formToken: String

    init(host: String, randomness: any Randomness) {
        func token() -> String { RandomName.hex(randomness, bytes: 32) }
        self.host = host
        (secret, room, cookie, formToken) = (token(), token(), token(), token())
    }

    enum Visit: Equatable {
        /// The printed link.
        case open
        case page
        case report(String)
        case decision
        case refused(Int, String)
    }

    static let cookieName = "finops-approval"
    /// Far more than any form has.
    static let bodyLimitBytes = 65_536

    func visit(_ request: PageRequest) -> Visit {
        guard request.headers["host"] == host else {
            return .refused(421, "This page answers to \(host) and to no other name.")
        }
        let isRead = request.method == "GET"
        guard isRead || request.method == "POST" else { return .refused(405, "This page is read and sent.") }
        if same(request.path, "/open/\(secret)") {
            return isRead ? .open : .refused(405, "A link opens the page; it decides nothing.")
        }
        guard request.path.hasPrefix("/\(room)/"), hasCookie(request) else {
            return .refused(403, "Open the link that `finops-monthly approve --web` printed.")
        }
        let place = String(request.path.dropFirst(room.count + 2))
        switch (isRead, place) {
        case (true, ""): return .page
        case (true, _) where place.hasPrefix("reports/"): return .report(String(place.dropFirst("reports/".count)))
        case (true, "decision"): return .refused(405, "A decision is sent with the form; a link decides nothing.")
        case (false, "decision"): return comesFromHere(request) ?? .decision
        default: return .refused(404, "There is no such page.")
        }
    }

    /// Nil when the browser says that our own page sent it.
    private func comesFromHere(_ request: PageRequest) -> Visit? {
        let isOwn =
            request.headers["origin"] == "http://\(host)"
            && (request.headers["sec-fetch-site"] ?? "same-origin") == "same-origin"
        guard isOwn else { return .refused(403, "Another page sent this decision; it was not taken.") }
        guard request.headers["content-type"] == "application/x-www-form-urlencoded" else {
            return .refused(415, "A decision is sent with the form of the page.")
        }
        return nil
    }

    private func hasCookie(_ request: PageRequest) -> Bool {
        (request.headers["cookie"] ?? "").split(separator: ";").contains { pair in
            same(String(pair.drop { $0 == " " }), "\(Self.cookieName)=\(cookie)")
        }
    }

    /// Takes as long whatever differs.
    func same(_ given: String, _ expected: String) -> Bool {
        let (left, right) = (Array(given.utf8), Array(expected.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
