import FinOps

/// A page as one file that any browser opens, offline: no script, no font, no picture from elsewhere.
struct HTMLRenderer {
    let context: PageContext

    init(_ context: PageContext) {
        self.context = context
    }

    func text(_ page: ReportPage) -> String {
        var body = HTMLBody(context)
        body.write(page)
        let title = Escape.html("\(page.reader), \(context.month.name)")
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <title>\(title)</title>
            <style>
            \(HTMLStyle.text)
            </style>
            </head>
            <body class="\(page.persona?.rawValue ?? "statement")">
            <a class="skip" href="#main">Skip to the report</a>
            \(body.text)
            </body>
            </html>

            """
    }
}
