import FinOps

/// One rule of the FOCUS requirements model: what must hold, for which rows, and on which other rules it rests.
public struct ConformanceRule: Sendable {
    /// `BilledCost-C-001-M`.
    public let id: String
    /// `Presence`, `Type`, `Format`, `Nullability`, `Validation`, `Composite`.
    public let function: String
    /// `Column`, `Attribute` or `Dataset`.
    let entity: String
    /// The column or attribute it is about.
    public let reference: String
    /// Nothing in the data can show whether it holds.
    let isDynamic: Bool
    /// What a provider must support for it to apply; empty applies always.
    let applicability: [String]
    /// `MUST`, `SHOULD NOT`, `MAY`, …
    public let keyword: String
    /// The sentence of the specification.
    public let sentence: String
    let requirement: JSONValue
    let condition: JSONValue?
    let dependencies: [String]

    init?(id: String, _ value: JSONValue) {
        guard let criteria = value["ValidationCriteria"], let function = value["Function"]?.text,
            let keyword = criteria["Keyword"]?.text, let requirement = criteria["Requirement"]
        else { return nil }
        func texts(_ value: JSONValue?) -> [String] { (value?.elements ?? []).compactMap(\.text) }
        self.id = id
        self.function = function
        self.keyword = keyword
        self.requirement = requirement
        entity = value["EntityType"]?.text ?? ""
        reference = value["Reference"]?.text ?? ""
        isDynamic = value["Type"]?.text == "Dynamic"
        applicability = texts(value["ApplicabilityCriteria"])
        sentence = criteria["MustSatisfy"]?.text ?? ""
        condition = criteria["Condition"].flatMap { $0["CheckFunction"] == nil ? nil : $0 }
        dependencies = texts(criteria["Dependencies"])
    }

    var isOptional: Bool { keyword == "MAY" || keyword == "OPTIONAL" }
    public var isMandatory: Bool { keyword == "MUST" || keyword == "MUST NOT" }
    public var isComposite: Bool { function == "Composite" }
    /// The column that the rule's own name begins with.
    var subject: String { String(id.prefix { $0 != "-" }) }
    /// The rules a composite is made of.
    var members: [String] {
        (requirement["Items"]?.elements ?? []).compactMap { item in
            item["CheckFunction"]?.text == "CheckModelRule" ? item["ModelRuleId"]?.text : nil
        }
    }
}
