import Foundation

/// Reference figures, computed independently of this package; the files say what each one is.
enum Goldens {
    static func read<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
        return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: name + ".json")))
    }
}

/// Equal but for the last digits of a binary float.
func isClose(_ left: Double, _ right: Double, _ tolerance: Double = 1e-9) -> Bool {
    abs(left - right) <= tolerance * max(1, abs(right))
}
