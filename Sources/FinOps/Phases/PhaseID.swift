/// The nine phases, in order. Gate numbers and phase numbers agree from 4 to 8.
public enum PhaseID: String, Hashable, Codable, Sendable, CaseIterable, Comparable {
    case coordination = "0A"
    case preflight = "1"
    case discovery = "2"
    case collection = "3"
    case crossValidation = "4"
    case reporting = "5"
    case visualVerification = "6"
    case approval = "7"
    case archive = "8"
    case scoring = "9"

    public var name: String {
        switch self {
        case .coordination: "Coordination"
        case .preflight: "Preflight"
        case .discovery: "Discovery"
        case .collection: "Collection"
        case .crossValidation: "Cross-validation"
        case .reporting: "Reporting"
        case .visualVerification: "Visual verification"
        case .approval: "Approval"
        case .archive: "Archive"
        case .scoring: "Scoring"
        }
    }

    public static func < (left: Self, right: Self) -> Bool {
        allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
    }
}
