import FinOps
import Gates
import TestSupport
import Testing

@Suite struct `The gate catalog` {
    @Test func `lists every gate once, in order`() {
        #expect(GateCatalog.all.map(\.id) == GateID.allCases)
    }

    @Test func `gate and phase numbers agree from 4 to 8`() {
        for gate in GateCatalog.all where gate.id.number >= 4 { #expect(gate.phase.rawValue == "\(gate.id.number)") }
        #expect(GateCatalog.all.prefix(4).map(\.phase) == [.preflight, .preflight, .preflight, .discovery])
    }

    @Test func `a failure does what the phase table says`() {
        #expect(
            GateCatalog.all.map(\.onFailure) == [
                .blockPublish, .halt, .halt, .fallBackToSingleAccount, .failCrossValidation, .retryFormatter, .advise,
                .blockDistribution, .blockCompletion,
            ])
    }

    @Test func `every gate can be explained`() {
        for gate in GateID.allCases {
            #expect(GateCatalog.description(of: gate).map { !$0.title.isEmpty && $0.criterion.hasSuffix(".") } == true)
        }
    }

    @Test func `an archived product is judged again to the same verdict`() throws {
        let product = SampleMonth.crossValidation()
        let archived = try JSONText.decode(CrossValidation.self, from: try JSONText.document(product))
        for gate in GateCatalog.standard.crossValidation {
            #expect(gate.judge(archived, under: RunPolicy()) == gate.judge(product, under: RunPolicy()))
        }
    }
}
