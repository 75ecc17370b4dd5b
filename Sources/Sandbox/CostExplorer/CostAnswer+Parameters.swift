import FinOps

extension CostAnswer {
    static func metrics(_ parameters: JSONValue) throws -> [CostExplorerMetric] {
        guard let names = parameters["Metrics"]?.elements, !names.isEmpty else {
            throw ServiceError.validation("Metrics is a required parameter")
        }
        return try names.map { name in
            guard let metric = name.text.flatMap(CostExplorerMetric.init(rawValue:)) else {
                throw ServiceError.validation("Metric \(name.text ?? "") is invalid")
            }
            return metric
        }
    }

    static func groupBy(_ parameters: JSONValue) throws -> ([CostDimension], [JSONValue]) {
        guard let value = parameters["GroupBy"], value != .null else { return ([], []) }
        guard let definitions = value.elements else { throw ServiceError.validation("GroupBy must be a list") }
        guard definitions.count <= 2 else {
            throw ServiceError.validation("Group by dimensions exceeds the maximum of 2")
        }
        let dimensions = try definitions.map { definition -> CostDimension in
            guard let key = definition["Key"]?.text, let type = definition["Type"]?.text else {
                throw ServiceError.validation("Group Definition type is invalid")
            }
            switch type {
            case "TAG": return .tag(key)
            case "COST_CATEGORY": return .costCategory(key)
            case "DIMENSION":
                guard let dimension = CostDimension(key: key), dimension.isGroupable else {
                    throw ServiceError.validation("Group Definition dimension is invalid: \(key)")
                }
                return dimension
            default: throw ServiceError.validation("Group Definition type is invalid")
            }
        }
        guard dimensions.count < 2 || dimensions[0] != dimensions[1] else {
            throw ServiceError.validation("Group Definitions must be different")
        }
        return (dimensions, definitions)
    }
}
