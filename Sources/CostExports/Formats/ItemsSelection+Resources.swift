import FinOps

extension ItemsSelection {
    /// The column that names a resource; nil when the export was made without.
    var resourceColumn: String? {
        columns.spelling(
            of: format.isFOCUS ? "ResourceId" : columns.curColumns.name("line_item_resource_id"))
    }

    /// `account`, `service`, `resource`, `region`, `period`, `currency` and `amount` of each line.
    func resources(from source: String, basis: ResourceCosts.Basis) -> String {
        let cur = columns.curColumns
        let regions = format.isFOCUS ? ["RegionId"] : [cur.name("product_region_code"), cur.name("product_region")]
        func text(_ column: String?) -> String {
            column.map { "COALESCE(CAST(\(SQLText.identifier($0)) AS VARCHAR), '')" } ?? "''"
        }
        let more = [
            "\(text(resourceColumn)) AS resource",
            "\(text(regions.compactMap(columns.spelling).first)) AS region",
        ]
        return """
            SELECT account, service, resource, region, period, currency, \(basis.rawValue) AS amount FROM (
            \(select(from: source, also: more))
            ) AS lines
            """
    }
}
