import Exports
import FinOps
import Foundation
import Reports

/// What the figures rest on.
extension SectionWriter {
    var layers: ExportTable? {
        let layers = ["L1", "L3", "daily"].filter { facts.contains("layer.\($0).total") }
        return list(
            "layers", "The layers that were held against one another, \(code)", heading: "Layer",
            columns: [
                .init("total", title: "Total", amount), .init("lines", title: "Lines", .number),
                .init("accounts", title: "Accounts", .number),
            ],
            rows: layers.map { layer in
                (
                    "\(layer): \(facts["layer.\(layer).total"].label)",
                    [
                        fact("layer.\(layer).total", .cents), fact("layer.\(layer).lines", .plain),
                        fact("layer.\(layer).accounts", .plain),
                    ]
                )
            })
    }

    var gates: ExportTable? {
        list(
            "gates", "The gates so far", heading: "Gate",
            columns: [
                .init("verdict", title: "Verdict", .text), .init("reason", title: "Reason", .text, isDetail: true),
            ],
            rows: book.gates.map { verdict in
                (verdict.gate.rawValue, [.text(verdict.outcome.rawValue), .text(verdict.reasons.first ?? "")])
            })
    }

    var questions: ExportTable? {
        list(
            "questions", "The questions that were answered", heading: "Question",
            columns: [
                .init("operation", title: "Operation", .text), .init("rows", title: "Rows", .number),
                .init("pages", title: "Pages", .number),
                .init("parameters_sha256", title: "SHA-256 of the parameters", .text, isDetail: true),
            ],
            rows: book.questions.map { question in
                (
                    question.id,
                    [
                        .text(question.operation), fact("query.\(question.id).rows", .plain),
                        fact("query.\(question.id).pages", .plain), .text(question.parametersSHA256.hex),
                    ]
                )
            })
    }
}
