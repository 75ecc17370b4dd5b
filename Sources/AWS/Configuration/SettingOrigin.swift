/// Who decided a setting.
public enum SettingOrigin: Hashable, Sendable, CustomStringConvertible {
    case flag(String)
    case environment(String)
    /// A file and the section in it.
    case file(String, section: String)
    case builtIn

    /// `AWS_REGION`, `~/.aws/config [profile billing]`, `built in`.
    public var description: String {
        switch self {
        case .flag(let name): name
        case .environment(let name): name
        case .file(let path, let section): "\(path) [\(section)]"
        case .builtIn: "built in"
        }
    }
}
