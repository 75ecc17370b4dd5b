/// Whether line items that somebody wants counted as a layer are the whole, final bill. Anything less is trouble: a comparison
/// with part of a month would claim what nobody checked.
struct LineItemCompleteness {
    /// `L3e`, and the layer that the line items were given as.
    private let id: String
    private let layer: String
    private let source: String
    private let format: LineItemExport.Format
    private let month: BillingMonth
    private let lineCount: Int
    private let delivery: LineItemExport.Delivery
    /// AWS's folders have one when they are whole.
    private let needsManifest: Bool

    init(export: LineItemExport) {
        (id, layer, needsManifest) = (LineItemExport.layerID, "L3", true)
        (source, format, month) = (export.source, export.format, export.month)
        (lineCount, delivery) = (export.lineCount, export.delivery)
    }

    init(origin: ExportOrigin) {
        (id, layer, needsManifest) = ("L1", "L1", origin.isOfAWS)
        (source, format, month) = (origin.source, origin.format, origin.month)
        (lineCount, delivery) = (origin.lineCount, origin.delivery)
    }

    var troubles: [Trouble] {
        var troubles: [Trouble] = []
        if let view = delivery.proFormaView {
            troubles.append(
                trouble(
                    "ProFormaExport", "is of billing view \(view), which shows other prices than AWS bills",
                    ask: "export the primary billing view"))
        }
        if needsManifest, delivery.isFolder, delivery.manifest == nil {
            troubles.append(
                trouble(
                    "IncompleteExport",
                    "has no manifest for \(month), which AWS writes when all files are there",
                    ask: "copy `metadata` beside `data`, or name a single file"))
        }
        if delivery.chargedUntil < month.firstDayAfter {
            troubles.append(
                trouble(
                    "IncompleteExport",
                    "ends before \(delivery.chargedUntil), and the month before \(month.firstDayAfter)",
                    ask: "export the month again once it is over"))
        }
        if let lines = delivery.linesWithoutInvoice, lines > 0 {
            troubles.append(
                trouble(
                    "EstimatedExport",
                    "is an estimate: no invoice carries \(lines) of its \(lineCount) line items",
                    ask: "export the month again once AWS has issued its invoices"))
        }
        return troubles
    }

    private func trouble(_ code: String, _ sentence: String, ask remedy: String) -> Trouble {
        Trouble(
            .inconsistent, code: code, message: "the export \(source) \(sentence)",
            operation: "\(id):\(format.rawValue)",
            hint: "\(remedy), or run without `--source \(layer)=…`")
    }
}
