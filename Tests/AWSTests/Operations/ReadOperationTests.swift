import FinOps
import Testing

@testable import AWS

@Suite struct ReadOperationTests {
    @Test(arguments: ReadOperation.allCases)
    func `only reads can be expressed`(operation: ReadOperation) {
        #expect(["Get", "List", "Describe", "Head", "Simulate"].contains { operation.call.action.hasPrefix($0) })
        // `GetFederationToken` and its like begin as harmlessly, and hand out keys.
        #expect(!["Token", "Credentials", "Secret", "Password"].contains { operation.call.action.contains($0) })
        #expect(operation.call.name == "\(operation.call.service.signingName):\(operation.call.action)")
    }

    @Test(arguments: ReadOperation.allCases)
    func `Cost Explorer costs a cent a page and nothing else costs anything`(operation: ReadOperation) {
        #expect(operation.priceUSD == (operation.call.service == .costExplorer ? ExactDecimal("0.01") : .zero))
    }
}
