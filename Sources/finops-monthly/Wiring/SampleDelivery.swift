import Evidence
import FinOps
import Foundation
import Sandbox

/// The sample estate's line items, put into a folder as AWS delivers them.
enum SampleDelivery {
    static func write(_ items: SampleLineItems, to folder: String) throws -> [String] {
        let disk = LocalFileSystem()
        let names = items.files.map { "\(folder)/\($0.name)" }
        if let taken = try names.first(where: disk.exists) {
            throw InputError("file_exists", "\(taken) is there already", hint: "name another folder")
        }
        for (name, file) in zip(names, items.files) {
            let parent = name.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            try disk.makeDirectory(parent)
            try AtomicFile.write(all: [(name, Data(file.text.utf8))], in: disk)
        }
        return names
    }

    /// `credit=-25.00`.
    static func discrepancy(_ text: String) throws -> SampleLineItems.Discrepancy {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        let names = SampleLineItems.Discrepancy.classes.map(\.rawValue)
        guard parts.count == 2, let recordClass = RecordClass(rawValue: parts[0]), names.contains(parts[0]),
            let amount = ExactDecimal(parts[1])
        else {
            throw InputError(
                "bad_discrepancy", "`--discrepancy \(text)` is not CLASS=AMOUNT",
                hint: "CLASS is one of \(names.joined(separator: ", "))")
        }
        return SampleLineItems.Discrepancy(recordClass, amount)
    }
}
