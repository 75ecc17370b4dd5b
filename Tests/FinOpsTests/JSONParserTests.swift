import Foundation
import Testing

@testable import FinOps

@Suite struct JSONParserTests {
    @Test(arguments: [
        "", " ", "{", "}", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":1,}", "{a:1}", "{\"a\":1,\"a\":1}", "tru", "01", "-",
        "1.",
        "+1", ".5", "\"\u{1}\"", "\"\\x\"", "\"\\u12g4\"", "\"\\ud800\"", "\"abc", "1 1", "nan",
        String(repeating: "[", count: 100) + String(repeating: "]", count: 100),
    ])
    func `text that is not JSON is refused`(text: String) {
        #expect(throws: JSONParser.Malformed.self) { try JSONValue(parsing: Data(text.utf8)) }
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(throws: JSONParser.Malformed.self) { try JSONValue(parsing: Data([0x22, 0xFF, 0x22])) }
    }

    @Test func `what is written is read back`() throws {
        let value: JSONValue = [
            "b": [1, -20, true, false, .null, "", []], "a": ["x": "quote \" slash \\ line \n tab \t 🚀 ā \u{1}"],
            "c": .fraction(1.5),
        ]
        #expect(try JSONValue(parsing: value.bytes) == value)
        #expect(String(decoding: value.bytes, as: UTF8.self).hasPrefix(#"{"a":{"x":"quote \" slash \\ line \u000a"#))
    }

    @Test func `escapes are read, pairs of surrogates too`() throws {
        let value = try JSONValue(parsing: Data(#" "\u0041\ud83d\ude80\/\b\f\r" "#.utf8))
        #expect(value == .string("A🚀/\u{8}\u{c}\r"))
    }
}
