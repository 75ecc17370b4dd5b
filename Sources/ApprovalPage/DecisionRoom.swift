import Evidence
import FinOps
import Foundation
import Pipeline

/// One person, one request, one decision: what happens behind the door. A page that fails to be a decision says why and asks
/// again, five times; then the room is closed and a new link is needed.
actor DecisionRoom {
    private let desk: any DecisionDesk
    private let signer: PageSigner
    private let door: PageDoor
    private let ended: AsyncStream<ApprovalServer.Ending>.Continuation
    private var isLinkUsed = false
    private var isDeciding = false
    private var attemptsLeft = 5

    init(
        desk: any DecisionDesk, signer: PageSigner, door: PageDoor,
        ended: AsyncStream<ApprovalServer.Ending>.Continuation
    ) {
        (self.desk, self.signer, self.door, self.ended) = (desk, signer, door, ended)
    }

    func answer(_ request: PageRequest) async -> PageAnswer {
        switch door.visit(request) {
        case .refused(let status, let words): return .html(NoticePage.text("Not here", words), status: status)
        case .open: return open()
        case .page: return page(DecisionForm.empty, complaint: nil)
        case .report(let name): return report(name)
        case .decision: return await decide(DecisionForm(request.body))
        }
    }

    private func open() -> PageAnswer {
        guard !isLinkUsed else {
            return .html(
                NoticePage.text(
                    "This link was used", "It works once. Run `finops-monthly approve --web` again for a new one."),
                status: 403)
        }
        isLinkUsed = true
        var answer = PageAnswer.html(NoticePage.text("Opening", "The page opens."), status: 303)
        answer.headers["Location"] = "/\(door.room)/"
        answer.headers["Set-Cookie"] =
            "\(PageDoor.cookieName)=\(door.cookie); Path=/\(door.room)/; HttpOnly; SameSite=Strict"
        return answer
    }

    private func page(_ form: DecisionForm, complaint: String?) -> PageAnswer {
        do {
            let page = DecisionPage(
                briefing: try desk.briefing(), signer: signer, room: door.room, formToken: door.formToken, form: form,
                complaint: complaint)
            return .html(page.text, status: complaint == nil ? 200 : 422)
        } catch {
            return trouble(error)
        }
    }

    private func report(_ name: String) -> PageAnswer {
        do {
            guard let bytes = try desk.report(named: name) else {
                return .html(NoticePage.text("Not here", "There is no such report."), status: 404)
            }
            let type =
                name.hasSuffix(".html") ? "text/html" : name.hasSuffix(".json") ? "application/json" : "text/plain"
            return .bytes(bytes, type: "\(type); charset=utf-8", framed: true)
        } catch {
            return trouble(error)
        }
    }

    private func decide(_ form: DecisionForm) async -> PageAnswer {
        guard door.same(form.token, door.formToken) else {
            return .html(NoticePage.text("Not taken", "The form is not the one of this page."), status: 403)
        }
        guard attemptsLeft > 0, !isDeciding else {
            return .html(NoticePage.text("Not taken", "A decision was sent already, or too many failed."), status: 409)
        }
        isDeciding = true
        defer { isDeciding = false }
        do {
            let request = try desk.briefing().request
            if let missing = missing(in: form, for: request) { return again(form, missing) }
            let bundle = try await signer.sign(request, form)
            let receipt = try await desk.receive(bundle)
            attemptsLeft = 0
            ended.yield(.decided(form.decision == .approved, receipt))
            var answer = PageAnswer.html(
                NoticePage.decided(form.decision == .approved, by: signer.person, on: request, receipt))
            answer.headers["Connection"] = "close"
            return answer
        } catch let error as any ExplainedError {
            return again(form, [error.summary, error.hint].compactMap { $0 }.joined(separator: "; "))
        } catch {
            return trouble(error)
        }
    }

    /// The first thing the form lacks, in words.
    private func missing(in form: DecisionForm, for request: ApprovalRequest) -> String? {
        guard let decision = form.decision else { return "Press one of the two buttons." }
        if form.comment.isEmpty { return "Say in a sentence what you conclude, or why you reject." }
        guard decision == .approved else { return nil }
        if form.reviewed.isEmpty { return "Say what you reviewed: an approval without that is none." }
        if form.digest != request.deliverables.short && form.digest != request.deliverables.hex {
            return "What you typed is not the digest of this report. Nothing was approved."
        }
        return nil
    }

    private func again(_ form: DecisionForm, _ complaint: String) -> PageAnswer {
        attemptsLeft -= 1
        guard attemptsLeft > 0 else {
            ended.yield(.givenUp)
            return .html(
                NoticePage.text("Closed", "Too many attempts failed. Nothing was decided; a new link is needed."),
                status: 429)
        }
        return page(form, complaint: complaint)
    }

    private func trouble(_ error: any Error) -> PageAnswer {
        let words = (error as? any ExplainedError).map {
            [$0.summary, $0.hint].compactMap { $0 }.joined(separator: "; ")
        }
        return .html(NoticePage.text("This cannot be decided now", words ?? "The reports cannot be read."), status: 409)
    }
}
