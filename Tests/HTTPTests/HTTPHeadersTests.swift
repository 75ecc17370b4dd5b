import HTTP
import Testing

@Suite struct HTTPHeadersTests {
    @Test func `names are compared without case and order is kept`() {
        var headers: HTTPHeaders = ["Host": "a", "X-Two": "1"]
        headers.add("x-two", "2")
        #expect(headers["X-TWO"] == "1")
        #expect(headers.fields.map(\.value) == ["a", "1", "2"])
        headers["X-tWo"] = "3"
        #expect(headers.fields == [.init("Host", "a"), .init("X-tWo", "3")])
        headers["host"] = nil
        #expect(headers.fields.map(\.name) == ["X-tWo"])
    }
}
