/// Whether line items that somebody wants counted as a layer are the whole, final bill. Anything less is trouble: a comparison
/// with part of a month would claim what nobody checked.
struct LineItemCompleteness {
    let export: LineItemExport

    var troubles: [Trouble] {
        let delivery = export.delivery
        var troubles: [Trouble] = []
        if let view = delivery.proFormaView {
            troubles.append(
                trouble(
                    "ProFormaExport", "is of billing view \(view), which shows other prices than AWS bills",
                    ask: "export the primary billing view"))
        }
        if delivery.isFolder, delivery.manifest == nil {
            troubles.append(
                trouble(
                    "IncompleteExport",
                    "has no manifest for \(export.month), which AWS writes when all files are there",
                    ask: "copy `metadata` beside `data`, or name a single file"))
        }
        if delivery.chargedUntil < export.month.firstDayAfter {
            troubles.append(
                trouble(
                    "IncompleteExport",
                    "ends before \(delivery.chargedUntil), and the month before \(export.month.firstDayAfter)",
                    ask: "export the month again once it is over"))
        }
        if let lines = delivery.linesWithoutInvoice, lines > 0 {
            troubles.append(
                trouble(
                    "EstimatedExport",
                    "is an estimate: no invoice carries \(lines) of its \(export.lineCount) line items",
                    ask: "export the month again once AWS has issued its invoices"))
        }
        return troubles
    }

    private func trouble(_ code: String, _ sentence: String, ask remedy: String) -> Trouble {
        Trouble(
            .inconsistent, code: code, message: "the export \(export.source) \(sentence)",
            operation: "\(LineItemExport.layerID):\(export.format.rawValue)",
            hint: "\(remedy), or run without `--source L3=…`")
    }
}
