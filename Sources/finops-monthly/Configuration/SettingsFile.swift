import FinOps
import Foundation
import Yams

/// A YAML configuration file. An unknown key is an error with its line and a suggestion: a threshold that is misspelt must
/// not silently fall back to another.
enum SettingsFile {
    static func read(_ path: String) throws -> [Setting: SettingValue] {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw InputError(
                "missing_configuration", "cannot read the configuration file \(path)",
                hint: "check the path given to `--config`")
        }
        guard let text = String(data: bytes, encoding: .utf8) else {
            throw InputError("bad_configuration", "\(path) is not UTF-8 text")
        }
        return try parse(text, path: path)
    }

    static func parse(_ text: String, path: String) throws -> [Setting: SettingValue] {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw InputError("bad_configuration", "\(path) is not valid YAML", cause: firstLine(of: error))
        }
        guard let root else { return [:] }
        guard let mapping = root.mapping else {
            throw InputError("bad_configuration", "\(path) must be a mapping of settings to values")
        }
        var values: [Setting: SettingValue] = [:]
        try read(mapping, prefix: "", path: path, into: &values)
        return values
    }

    private static func read(
        _ mapping: Node.Mapping, prefix: String, path: String, into values: inout [Setting: SettingValue]
    ) throws {
        for (keyNode, value) in mapping {
            let key = prefix + (keyNode.scalar?.string ?? "")
            let line = keyNode.mark?.line ?? 0
            if let setting = Setting(rawValue: key) {
                values[setting] = SettingValue(
                    texts: try texts(value, of: setting, path: path, line: line), origin: .file(path, line: line))
            } else if let nested = value.mapping, Setting.allCases.contains(where: { $0.rawValue.hasPrefix(key + ".") })
            {
                try read(nested, prefix: key + ".", path: path, into: &values)
            } else {
                let suggestion = NearestName.suggestion(for: key, among: Setting.allCases.map(\.rawValue))
                throw InputError(
                    "unknown_setting", "\(path) line \(line): unknown setting `\(key)`",
                    hint: suggestion.map { "did you mean `\($0)`?" } ?? "`finops-monthly doctor` lists every setting")
            }
        }
    }

    private static func texts(_ node: Node, of setting: Setting, path: String, line: Int) throws -> [String] {
        if let scalar = node.scalar { return [scalar.string] }
        if setting.isList, let sequence = node.sequence, sequence.allSatisfy({ $0.scalar != nil }) {
            return sequence.compactMap(\.scalar?.string)
        }
        throw InputError(
            "bad_setting",
            "\(path) line \(line): `\(setting.rawValue)` must be \(setting.isList ? "a list of texts" : "one value")")
    }

    private static func firstLine(of error: YamlError) -> String {
        String(String(describing: error).split(separator: "\n").first ?? "")
    }
}
