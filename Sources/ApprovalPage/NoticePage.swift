import Evidence
import FinOps
import Pipeline
import Reports

/// A page that says one thing.
enum NoticePage {
    static func text(_ title: String, _ words: String) -> String {
        PageShell.text(
            title: title,
            body:
                "<main id=\"main\"><h1>\(Escape.html(title))</h1>\n<p class=\"standfirst\">\(Escape.html(words))</p></main>"
        )
    }

    /// Said only after the decision was verified and synchronised.
    static func decided(
        _ isApproval: Bool, by person: String, on request: ApprovalRequest, _ receipt: DecisionReceipt
    ) -> String {
        let title = "\(isApproval ? "Approved" : "Rejected"): \(request.period.name)"
        let place =
            receipt.sequence.map { "It is event \($0) of the journal of run \(request.run)." }
            ?? "Bring \(receipt.path) to the machine of the run."
        return PageShell.text(
            title: title,
            body: """
                <main id="main"><p class="eyebrow"><span>Decision</span><span>\(Escape.html(request.period.name))</span></p>
                <h1>\(Escape.html(title))</h1>
                <p class="standfirst">Signed by <strong>\(Escape.html(person))</strong>. \(Escape.html(place))</p>
                <p>Digest of what you read <code>\(request.deliverables.hex)</code></p>
                <p>You can close this page; it answers no more.</p></main>
                """)
    }
}

/// What every page is wrapped in. No script, nothing from elsewhere.
enum PageShell {
    static func text(title: String, body: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(Escape.html(title))</title>
        <style>
        \(HTMLStyle.text)
        \(DecisionPageStyle.text)
        </style>
        </head>
        <body>
        \(body)
        </body>
        </html>

        """
    }
}
