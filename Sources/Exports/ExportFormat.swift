public import Foundation

/// The formats a document can be exported in.
public enum ExportFormat: String, CaseIterable, Sendable {
    case csv, json, markdown, html, pdf, xlsx, png

    public var fileExtension: String { self == .markdown ? "md" : rawValue }

    /// Printed or photographed by a browser, from the HTML.
    public var needsBrowser: Bool { self == .pdf || self == .png }
}

/// One file of an export, before it has a folder.
public struct ExportedFile: Sendable {
    /// `2026-02-cfo-accounts.csv`
    public let name: String
    public let bytes: Data

    public init(name: String, bytes: Data) {
        self.name = name
        self.bytes = bytes
    }
}

public enum Exporter {
    /// The names of what `files` will return, so that none is overwritten and nothing is asked of AWS in vain.
    public static func names(_ format: ExportFormat, stem: String, tables: [String]) -> [String] {
        format == .csv ? tables.map { "\(stem)-\($0).csv" } : ["\(stem).\(format.fileExtension)"]
    }

    /// The document as one JSON object, indented or on one line.
    public static func json(_ document: ExportDocument, onOneLine: Bool) throws -> Data {
        try JSONExport.bytes(document, onOneLine: onOneLine)
    }

    /// The document in `format`: CSV is a file a table, everything else one file. `scratch` is an empty folder of the
    /// caller, where a library that insists on a file may write. PDF and PNG are not made here: a browser makes them from
    /// the HTML. Throws `ExportError`.
    public static func files(
        _ document: ExportDocument, as format: ExportFormat, stem: String, scratch: String
    ) throws -> [ExportedFile] {
        switch format {
        case .csv:
            return document.tables.map {
                ExportedFile(name: "\(stem)-\($0.name).csv", bytes: CommaSeparatedExport.bytes($0))
            }
        case .json: return [ExportedFile(name: "\(stem).json", bytes: try JSONExport.bytes(document))]
        case .markdown: return [ExportedFile(name: "\(stem).md", bytes: MarkdownExport.bytes(document))]
        case .html, .pdf, .png: return [ExportedFile(name: "\(stem).html", bytes: HTMLExport.bytes(document))]
        case .xlsx:
            let path = scratch + "/export.xlsx"
            try Spreadsheet.write(document, to: path)
            guard let bytes = FileManager.default.contents(atPath: path) else {
                throw ExportError("the workbook was not written to \(path)")
            }
            return [ExportedFile(name: "\(stem).xlsx", bytes: bytes)]
        }
    }
}
