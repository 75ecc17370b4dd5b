import Foundation
import TestSupport

extension BuiltTool {
    /// What a person reads in a PDF below the root, as another program finds it there.
    func printed(_ file: String) throws -> String {
        let text = "\(folder.path)/\(file).txt"
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["pdftotext", "-layout", "\(folder.path)/\(file)", text]
        try process.run()
        process.waitUntilExit()
        return try String(contentsOfFile: text, encoding: .utf8)
    }
}
