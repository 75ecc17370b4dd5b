import FinOps

/// One file of line items, by what its name says it is.
struct DeliveredFile: Hashable {
    enum Encoding: Hashable { case csv, parquet }

    /// Where it lies.
    let path: String
    /// Below the folder that was named, or the file's own name: what a person is told.
    let name: String
    let encoding: Encoding

    /// Nil for a file that holds no line items.
    init?(path: String, name: String) {
        let lower = name.lowercased()
        if lower.hasSuffix(".csv") || lower.hasSuffix(".csv.gz") {
            encoding = .csv
        } else if lower.hasSuffix(".parquet") {
            encoding = .parquet
        } else {
            return nil
        }
        (self.path, self.name) = (path, name)
    }
}
