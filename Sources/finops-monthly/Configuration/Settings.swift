import FinOps
import Foundation

/// All settings, resolved: for each the value in force and who set it.
struct Settings {
    private let values: [Setting: SettingValue]

    init(
        flags: [Setting: SettingValue] = [:], environment: [String: String], configurationPath: String?, root: String,
        homeDirectory: String
    ) throws {
        var values: [Setting: SettingValue] = [:]
        for setting in Setting.allCases {
            if let texts = setting.defaultValue { values[setting] = SettingValue(texts: texts, origin: .default) }
        }
        let userFile =
            (environment["XDG_CONFIG_HOME"] ?? homeDirectory + "/.config") + "/finops-monthly/config.yaml"
        let projectFile = configurationPath ?? root + "/finops-monthly.yaml"
        for path in [userFile, projectFile]
        where path == configurationPath || FileManager.default.fileExists(atPath: path) {
            values.merge(try SettingsFile.read(path)) { _, new in new }
        }
        for setting in Setting.allCases {
            if let text = environment[setting.environmentVariable], !text.isEmpty {
                let texts = setting.isList ? Self.split(text) : [text]
                values[setting] = SettingValue(texts: texts, origin: .environment(setting.environmentVariable))
            }
        }
        values.merge(flags) { _, flag in flag }
        self.values = values
    }

    subscript(setting: Setting) -> SettingValue? { values[setting] }

    static func split(_ text: String) -> [String] {
        text.split(separator: ",").map { String($0.drop { $0 == " " }) }
    }

    /// The parsed value, nil when nothing was set; a value that does not parse is refused by name and origin.
    func value<Value>(_ setting: Setting, as expectation: String, parse: (String) -> Value?) throws -> Value? {
        guard let value = values[setting] else { return nil }
        guard let parsed = parse(value.text) else {
            throw InputError(
                "bad_setting", "\(value.origin): `\(setting.rawValue)` must be \(expectation), not `\(value.text)`")
        }
        return parsed
    }

    func list<Value>(_ setting: Setting, as expectation: String, parse: (String) -> Value?) throws -> [Value] {
        guard let value = values[setting] else { return [] }
        return try value.texts.map { text in
            guard let parsed = parse(text) else {
                throw InputError(
                    "bad_setting", "\(value.origin): `\(setting.rawValue)` must be \(expectation), not `\(text)`")
            }
            return parsed
        }
    }
}
