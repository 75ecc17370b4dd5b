import Foundation

/// The columnar engine that the tests' requirements install beside their Python.
public enum TestEngine {
    public static let executable: String = {
        if let configured = ProcessInfo.processInfo.environment["FINOPS_DUCKDB"] { return configured }
        return URL(fileURLWithPath: PythonProgram.interpreter).deletingLastPathComponent().path + "/duckdb"
    }()
}
