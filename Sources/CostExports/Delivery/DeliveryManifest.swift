import FinOps
import Foundation

/// What a provider writes last, when every file of a delivery is in place: the list of them. `dataFiles` in AWS's data exports,
/// `reportKeys` in its older cost and usage report, `blobs` in Microsoft's exports.
struct DeliveryManifest {
    /// Below the folder that was named.
    let name: String
    /// Keys or `s3://` addresses, in the manifest's order.
    let dataFiles: [String]
    /// A billing view of other prices than AWS bills.
    let proFormaView: String?

    /// Throws `InputError`.
    init(name: String, bytes: Data) throws {
        guard let document = try? JSONValue(parsing: bytes), document.members != nil else {
            throw refused(name, "is not JSON")
        }
        guard let list = (document["dataFiles"] ?? document["reportKeys"] ?? document["blobs"])?.elements else {
            throw refused(
                name, "has no list of files (`dataFiles`, `reportKeys` in older reports, `blobs` at Microsoft)")
        }
        let files = list.compactMap { $0.text ?? $0["blobName"]?.text }
        guard files.count == list.count, !files.isEmpty else { throw refused(name, "lists no files") }
        if let twice = files.first(where: { file in files.count { $0 == file } > 1 }) {
            throw refused(name, "lists \(twice) twice: the month would be counted twice")
        }
        self.name = name
        dataFiles = files
        proFormaView = Self.views(in: document).first { !$0.hasSuffix(":billingview/primary") }
    }

    /// Every billing view that the document names, wherever it names it.
    private static func views(in value: JSONValue) -> [String] {
        switch value {
        case .string(let text): text.hasPrefix("arn:") && text.contains(":billingview/") ? [text] : []
        case .array(let elements): elements.flatMap(views)
        case .object(let members): members.sorted { $0.key < $1.key }.flatMap { views(in: $0.value) }
        default: []
        }
    }
}

private func refused(_ name: String, _ sentence: String) -> InputError {
    InputError(
        "bad_export", "manifest \(name) \(sentence)", hint: "copy the export from its bucket anew, manifest and all")
}
