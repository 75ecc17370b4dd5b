import Evidence
import FinOps
import Pipeline
import Reports

/// The page a person decides on: the figures of the request's own facts, what changed, what the gates said, the report itself,
/// and the form.
struct DecisionPage {
    let briefing: ApprovalBriefing
    let signer: PageSigner
    /// The path nobody can guess.
    let room: String
    let formToken: String
    /// What was sent before, to be corrected; passphrase and digest are typed again.
    let form: DecisionForm
    let complaint: String?

    private var request: ApprovalRequest { briefing.request }
    private var month: BillingMonth { request.period }

    var text: String {
        PageShell.text(
            title: "Decision on \(month.name)",
            body: [header, tiles, changes, gates, report, decision, terms].joined(separator: "\n"))
    }

    private var header: String {
        var banners = ""
        func banner(_ title: String, _ words: String) {
            banners += "<p class=\"banner\" role=\"note\"><strong>\(title)</strong> \(Escape.html(words))</p>\n"
        }
        if briefing.isSample { banner("SAMPLE DATA", "Every figure comes from the embedded sample estate.") }
        if briefing.isPreliminary {
            banner("PRELIMINARY", "AWS has not settled the month yet; figures can still change.")
        }
        for mode in briefing.weakerModes + signer.weakerModes { banner("WEAKER MODE", mode) }
        return """
            <header><p class="eyebrow"><span>Decision</span><span>\(Escape.html(month.name))</span></p>
            \(banners)<h1>\(amount(briefing.total)) for \(Escape.html(month.name)) waits for your decision</h1>
            <p class="standfirst">You decide as <strong>\(Escape.html(signer.person))</strong> on the AWS cost of
            \(Escape.html(briefing.project)). Nothing is distributed or archived before that.</p></header>
            """
    }

    private var tiles: String {
        let people = request.quorum == 1 ? "one person must approve" : "\(request.quorum) people must approve"
        let share = briefing.changeShare.map { "\(signed($0, 1)) %" } ?? "no percentage"
        let underlying = briefing.underlyingChange.map { "; \(signed($0)) beyond the number of days" } ?? ""
        return """
            <dl class="tiles">
            \(tile("Net cost", figure(briefing.total), month.name))
            \(tile("Net cost before", figure(briefing.previousTotal), month.previous.name))
            \(tile("Change", briefing.change.map { signed($0) } ?? "unknown", share + underlying))
            \(tile("Threshold", figure(briefing.threshold), people))
            </dl>
            """
    }

    private func tile(_ label: String, _ figure: String, _ note: String) -> String {
        """
        <div class="tile"><dt>\(label), \(briefing.currency)</dt><dd class="figure">\(figure)</dd><dd class="note">\(Escape.html(note))</dd></div>
        """
    }

    private var changes: String {
        """
        <section><h2>What changed since \(Escape.html(month.previous.name))</h2><div class="columns">
        \(table("Accounts", "net cost", briefing.accountMovers()))
        \(table("Services", "before the partner discount", briefing.serviceMovers()))
        </div></section>
        """
    }

    private func table(_ title: String, _ caption: String, _ movers: [ApprovalBriefing.Mover]) -> String {
        let rows = movers.map { mover in
            """
            <tr><th scope="row">\(Escape.html(mover.name))</th><td class="number figure">\(signed(mover.change))</td>\
            <td class="number figure">\(mover.share.map { "\(signed($0, 1)) %" } ?? "–")</td></tr>
            """
        }
        return """
            <div class="scroll"><table><caption>\(title) that moved most, \(caption)</caption>
            <thead><tr><th scope="col">\(title)</th><th scope="col" class="number">Change, \(briefing.currency)</th>\
            <th scope="col" class="number">Percent</th></tr></thead>
            <tbody>\(rows.isEmpty ? "<tr><td colspan=\"3\">Nothing is known to have moved.</td></tr>" : rows.joined())</tbody></table></div>
            """
    }

    private var gates: String {
        let concerns = briefing.concerns
        let items = concerns.map { verdict in
            let reasons = verdict.reasons.isEmpty ? "no reason was recorded" : verdict.reasons.joined(separator: " ")
            let tone = verdict.outcome == .advised ? "warning" : "bad"
            return
                "<li><strong>\(verdict.gate.rawValue)</strong> <span class=\"mark \(tone)\">\(verdict.outcome.rawValue)</span>"
                + " \(Escape.html(reasons))</li>"
        }
        return """
            <section><h2>What the gates say</h2>
            \(concerns.isEmpty ? "<p>Every gate before this one passed.</p>" : "<ul>\(items.joined())</ul>")</section>
            """
    }

    private var report: String {
        let names = briefing.reports.map { String($0.dropFirst("reports/".count)) }
        let lead = briefing.reportPath.split(separator: "/").last.map(String.init) ?? ""
        return """
            <section><h2>The report</h2>
            <iframe src="/\(room)/reports/\(Escape.html(lead))" title="The report" sandbox></iframe>
            <p>All pages, each in a tab of its own</p>
            <ul class="pages">\(links(names.filter { $0.hasSuffix(".html") }, withoutSuffix: ".html"))</ul>
            <details><summary>The other files your signature covers</summary>
            <ul class="pages">\(links(names.filter { !$0.hasSuffix(".html") }, withoutSuffix: ""))</ul></details></section>
            """
    }

    private func links(_ names: [String], withoutSuffix suffix: String) -> String {
        names.map { name in
            "<li><a href=\"/\(room)/reports/\(Escape.html(name))\" target=\"_blank\" rel=\"noopener\">"
                + "\(Escape.html(String(name.dropLast(suffix.count))))</a></li>"
        }.joined()
    }

    private var terms: String {
        let rows = [
            ("Request", request.requestId), ("Digest of the reports", request.deliverables.hex),
            ("Digest of the facts", request.facts.hex), ("Digest of the policy", request.policy.hex),
            ("Place in the chain", String(request.seq)),
            ("Requested by", "\(request.requestedBy), \(request.requestedOn)"),
            ("Valid until", "\(request.expiresOn)"),
        ]
        return """
            <footer><details><summary>What you sign, in full</summary><dl class="terms">
            \(rows.map { "<dt>\($0.0)</dt><dd><code>\(Escape.html($0.1))</code></dd>" }.joined())
            </dl></details></footer>
            """
    }

    private func figure(_ value: ExactDecimal?) -> String { value.map { GroupedDigits.text($0) } ?? "unknown" }

    private func amount(_ value: ExactDecimal?) -> String {
        value.map { "<span class=\"figure\">\(briefing.currency) \(GroupedDigits.text($0))</span>" }
            ?? "An unknown total"
    }

    private func signed(_ value: ExactDecimal, _ digits: Int = 2) -> String {
        (value.isNegative ? "−" : "+") + GroupedDigits.text(value.magnitude, fractionDigits: digits)
    }
}

extension DecisionPage {
    static let suggestions = [
        "the total and its tie-out to the invoices", "the accounts and services that moved most",
        "what the gates advise", "the report page by page",
    ]

    private var decision: String {
        let known = Set(Self.suggestions)
        let boxes = Self.suggestions.map { words in
            """
            <label class="choice"><input type="checkbox" name="reviewed" value="\(words)"\
            \(form.reviewed.contains(words) ? " checked" : "")> <span>\(words)</span></label>
            """
        }
        let other = form.reviewed.first { !known.contains($0) } ?? ""
        let passphrase = """
            <label class="field"><span>Passphrase of your key</span>
            <input type="password" name="passphrase" autocomplete="current-password">
            <span class="hint">Sent to this machine only, used once, kept nowhere.</span></label>
            """
        return """
            <section class="decision" id="decision"><h2>Your decision</h2>
            <form method="post" action="/\(room)/decision" autocomplete="off">
            <input type="hidden" name="token" value="\(formToken)">
            \(complaint.map { "<p class=\"complaint\" role=\"alert\">\(Escape.html($0))</p>" } ?? "")
            <fieldset><legend>What did you review?</legend>\(boxes.joined())
            <label class="choice"><span>Also:</span> <input type="text" name="reviewed" maxlength="200" value="\(Escape.html(other))"></label></fieldset>
            <label class="field"><span>Your conclusion</span>
            <textarea name="comment" rows="3" maxlength="1000" required>\(Escape.html(form.comment))</textarea>
            <span class="hint">Kept with the decision and sealed with the month.</span></label>
            <label class="field"><span>To approve, type <code class="challenge">\(request.deliverables.short)</code></span>
            <input class="digest-entry" type="text" name="digest" maxlength="64" spellcheck="false" autocapitalize="none" autocorrect="off">
            <span class="hint">The first 8 characters of the digest of this very report: a reflex approves nothing.</span></label>
            \(signer.needsPassphrase ? passphrase : "")
            <div class="buttons"><button class="approve" name="decision" value="approved">Approve \(Escape.html(month.name))</button>
            <button class="reject" name="decision" value="rejected">Reject</button></div>
            </form></section>
            """
    }
}
