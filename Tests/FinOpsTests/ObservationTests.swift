import FinOps
import Foundation
import Testing
import TestSupport

@Suite struct `Observations` {
    @Test func `what is known is written as known`() throws {
        let data = try JSONText.line(Observation.known(Money("1.5", .usd)))
        #expect(String(decoding: data, as: UTF8.self) == #"{"known":{"amount":"1.5","currency":"USD"}}"#)
        #expect(try JSONText.decode(Observation<Money>.self, from: data) == .known(Money("1.5", .usd)))
    }

    @Test func `what is unknown keeps its trouble`() throws {
        let observation = Observation<Money>.unknown(SampleMonth.trouble(.accessDenied, code: "AccessDeniedException"))
        let data = try JSONText.line(observation)
        #expect(
            String(decoding: data, as: UTF8.self)
                == #"{"unknown":{"code":"AccessDeniedException","kind":"access_denied","message":"it went wrong","#
                + #""operation":"sts:GetCallerIdentity","request_id":"r-3"}}"#)
        #expect(try JSONText.decode(Observation<Money>.self, from: data) == observation)
    }

    @Test(arguments: ["{}", #"{"known":null}"#, #"{"unknown":{}}"#])
    func `neither known nor unknown is refused`(text: String) {
        #expect(throws: DecodingError.self) { try JSONText.decode(Observation<Money>.self, from: Data(text.utf8)) }
    }

    @Test func `mapping leaves trouble as it is`() {
        let trouble = SampleMonth.trouble(.throttled)
        #expect(Observation<Int>.unknown(trouble).map { $0 + 1 } == .unknown(trouble))
        #expect(Observation.known(1).map { $0 + 1 } == .known(2))
    }

    @Test func `trouble says who said it and under which request`() {
        #expect(
            SampleMonth.trouble(.notSignedIn, code: "ExpiredToken").attribution
                == "ExpiredToken from sts:GetCallerIdentity (request r-3)")
    }
}
