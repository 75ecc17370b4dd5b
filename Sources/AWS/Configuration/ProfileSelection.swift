import FinOps

/// Which profile is meant, and who said so.
struct ProfileSelection: Hashable, Sendable {
    let name: String
    let origin: SettingOrigin
    /// A flag beats keys in the environment; a variable does not.
    let isExplicit: Bool
    /// AWS's tools disagree about which variable counts; worth a line when both are set and differ.
    let warning: String?

    init(flag: String?, environment: [String: String]) {
        func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let (chosen, other) = (variable("AWS_PROFILE"), variable("AWS_DEFAULT_PROFILE"))
        isExplicit = flag != nil
        if let flag {
            (name, origin, warning) = (flag, .flag("--profile"), nil)
        } else if let chosen {
            name = chosen
            origin = .environment("AWS_PROFILE")
            warning = other.flatMap {
                $0 == chosen
                    ? nil : "AWS_PROFILE is \(chosen) and AWS_DEFAULT_PROFILE is \($0): AWS_PROFILE counts here"
            }
        } else if let other {
            (name, origin, warning) = (other, .environment("AWS_DEFAULT_PROFILE"), nil)
        } else {
            (name, origin, warning) = ("default", .builtIn, nil)
        }
    }
}
