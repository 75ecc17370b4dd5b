/// Cost Explorer: which operation, and whether the caller may.
struct CostExplorerService {
    let answer: CostAnswer
    let troubles: TroubleMaker

    func answer(_ request: SandboxRequest) async throws -> JSONValue {
        guard request.caller.mayReadCosts else { throw ServiceError.denied(request.caller, "ce:\(request.operation)") }
        switch request.operation {
        case "GetCostAndUsage":
            return try await answer.answer(request, dataWereRefreshed: await troubles.dataWereRefreshed())
        default:
            throw ServiceError.unknownOperation("ce:\(request.operation)")
        }
    }
}
