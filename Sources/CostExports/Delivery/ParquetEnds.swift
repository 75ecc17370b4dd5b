import FinOps
import Foundation

/// A Parquet file begins and ends with the same four letters; one that was cut short does not.
enum ParquetEnds {
    private static let mark = Data("PAR1".utf8)

    static func check(_ file: DeliveredFile) throws {
        guard file.encoding == .parquet, let handle = FileHandle(forReadingAtPath: file.path) else { return }
        defer { try? handle.close() }
        let start = try? handle.read(upToCount: 4)
        let length = (try? handle.seekToEnd()) ?? 0
        var end: Data?
        if length >= 12, (try? handle.seek(toOffset: length - 4)) != nil { end = try? handle.read(upToCount: 4) }
        guard start == mark, end == mark else {
            throw InputError(
                "bad_export",
                "\(file.name) is not a whole Parquet file: \(start == mark ? "its end is missing" : "it does not begin as one")",
                hint: "copy the file from its bucket anew")
        }
    }
}
