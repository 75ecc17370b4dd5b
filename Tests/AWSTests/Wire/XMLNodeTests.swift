import Foundation
import Testing

@testable import AWS

@Suite struct XMLNodeTests {
    private func parse(_ text: String) throws -> XMLNode { try XMLNode(parsing: Data(text.utf8)) }

    @Test func `elements, text, entities, comments and CDATA are read`() throws {
        let root = try parse(
            "<?xml version=\"1.0\"?>\n<a xmlns=\"u\"><!-- x --><b>1 &lt; 2 &amp; &#65;&#x42;</b><c/><d><![CDATA[<raw>]]></d></a>\n"
        )
        #expect(root.name == "a")
        #expect(root.child("b")?.text == "1 < 2 & AB")
        #expect(root.child("c")?.text == "")
        #expect(root.firstNode("d")?.text == "<raw>")
    }

    @Test(arguments: [
        "", "text", "<a>", "<a></b>", "<a><b></a></b>", "<a>&bogus;</a>", "<a></a><b></b>", "<a></a>x",
        "<!DOCTYPE html><html></html>", "<a>&#xFFFFFFFF;</a>", "<1></1>",
        String(repeating: "<a>", count: 100_000),
    ])
    func `what is not one complete element is refused`(text: String) {
        #expect(throws: XMLNode.Malformed.self) { try parse(text) }
    }
}
