/// Settings that contradict one another, each worth a line: AWS's tools do not agree on which one counts.
enum ConflictingSettings {
    static func warnings(
        environment: [String: String], selection: ProfileSelection, plan: CredentialPlan
    ) -> [String] {
        func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        var warnings = [selection.warning].compactMap { $0 }
        if let region = variable("AWS_REGION"), let other = variable("AWS_DEFAULT_REGION"), region != other {
            warnings.append("AWS_REGION is \(region) and AWS_DEFAULT_REGION is \(other): AWS_REGION counts here")
        }
        if plan == .environment, selection.origin != .builtIn {
            warnings.append(
                "\(selection.origin) names profile \(selection.name), but the keys in the environment count; "
                    + "`--profile` overrules them")
        }
        let (id, secret) = (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"))
        if (id == nil) != (secret == nil) {
            let present = id == nil ? "AWS_SECRET_ACCESS_KEY" : "AWS_ACCESS_KEY_ID"
            warnings.append("\(present) is set without its other half; \(selection.origin) counts instead")
        } else if id != nil, selection.isExplicit {
            warnings.append("there are keys in the environment; \(selection.origin) counts instead")
        }
        if let token = variable("AWS_SESSION_TOKEN"), let old = variable("AWS_SECURITY_TOKEN"), token != old {
            warnings.append("AWS_SESSION_TOKEN and AWS_SECURITY_TOKEN differ: AWS_SESSION_TOKEN counts here")
        }
        if id == nil, secret == nil, variable("AWS_SESSION_TOKEN") != nil {
            warnings.append("AWS_SESSION_TOKEN is set without keys, and is not used")
        }
        return warnings
    }
}
