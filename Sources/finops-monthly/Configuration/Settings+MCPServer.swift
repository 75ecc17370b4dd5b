import FinOps
import Foundation

extension Settings {
    /// The command that starts the server a month is read again through, its program by an absolute path; nil when none is
    /// named. Throws `InputError`.
    /// - Parameter path: The PATH on which a program without a folder is looked for.
    func mcpServer(path: String) throws -> [String]? {
        guard let value = self[.mcpServer] else { return nil }
        let words = value.text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let program = words.first, program.hasPrefix("/") || !program.contains("/") else {
            throw InputError(
                "bad_setting", "\(value.origin): `mcp_server` must be PROGRAM ARGUMENTS, not `\(value.text)`",
                hint: "the program is an absolute path, or a name that is found on the PATH")
        }
        let folders = program.hasPrefix("/") ? [""] : path.split(separator: ":").map { "\($0)/" }
        guard let found = folders.map({ $0 + program }).first(where: FileManager.default.isExecutableFile) else {
            throw InputError(
                "no_mcp_server", "\(program), which `mcp_server` names, is no executable file",
                hint: "`pip install awslabs.billing-cost-management-mcp-server` installs the server of AWS")
        }
        return [found] + words.dropFirst()
    }
}
