import FinOps

/// Cost Explorer: which operation, and whether the caller may.
struct CostExplorerService {
    let answer: CostAnswer
    let troubles: TroubleMaker

    func answer(_ request: SandboxRequest) async throws -> JSONValue {
        guard request.caller.mayReadCosts else { throw ServiceError.denied(request.caller, "ce:\(request.operation)") }
        switch request.operation {
        case "GetCostAndUsage":
            return try await answer.answer(request, dataWereRefreshed: await troubles.dataWereRefreshed())
        case "GetCostForecast":
            return try await ForecastAnswer(estate: answer.estate, book: answer.book).answer(request)
        case "GetDimensionValues":
            return try await DimensionValuesAnswer(estate: answer.estate, book: answer.book).answer(request)
        case "GetAnomalies":
            return try await AnomaliesAnswer(estate: answer.estate, book: answer.book).answer(request)
        case let operation where CommitmentsAnswer.operations.contains(operation):
            return try await CommitmentsAnswer(estate: answer.estate, book: answer.book).answer(request)
        default:
            throw ServiceError.unknownOperation("ce:\(request.operation)")
        }
    }
}
