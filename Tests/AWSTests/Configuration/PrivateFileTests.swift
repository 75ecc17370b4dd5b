import FinOps
import Foundation
import TestSupport
import Testing

@testable import AWS

@Suite struct PrivateFileTests {
    @Test func `a file is replaced whole, for its owner alone, and leaves no draft`() throws {
        let folder = try TemporaryFolder()
        let path = folder["token.json"]
        try "old".write(toFile: path, atomically: false, encoding: .utf8)
        let text = String(repeating: "é", count: 100_000)
        try SettingsFiles.disk.replace(path, text)
        #expect(try SettingsFiles.disk.text(path) == text)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["token.json"])
    }

    @Test func `a folder that is not there is said, with the reason`() {
        let error = inputError { try SettingsFiles.disk.replace("/nonexistent/folder/token.json", "x") }
        #expect(error?.code == "unwritable_aws_file" && error?.cause == "No such file or directory")
    }
}
