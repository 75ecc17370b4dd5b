public import FinOps

/// Where line items lie, as `--source` names it.
public enum ItemPlace: Hashable, Sendable {
    /// A file or folder of this machine.
    case local(path: String)
    /// An object, or what lies below a prefix.
    case bucket(ObjectAddress)
    /// A table that Athena answers for.
    case table(TableName)

    /// Whether reading it asks AWS.
    public var isRemote: Bool {
        if case .local = self { false } else { true }
    }
}
