@testable import Evidence
import FinOps
import Foundation
import Testing

struct DeliverablesDigestTests {
    @Test func `it is the digest of the sorted manifest lines`() {
        let lines =
            "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c  data/reports/cfo.html\n"
            + "7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730  data/reports/cfo.md\n"
        let computed = DeliverablesDigest.compute([
            ("reports/cfo.md", Data("bar\n".utf8)), ("reports/cfo.html", Data("foo\n".utf8)),
        ])
        #expect(computed == SystemHashing().sha256(Data(lines.utf8)))
    }

    @Test(arguments: [
        "b5bb  data/a\n", "data/a\n", "\n", " ",
        "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c *data/a\n",
        "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c  data/a",
    ])
    func `a manifest that is not written as ours is refused`(text: String) {
        #expect(ManifestText.decode(Data(text.utf8)) == nil)
    }

    @Test func `a path named twice is refused`() {
        let line = "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c  data/a\n"
        #expect(ManifestText.decode(Data((line + line).utf8)) == nil)
        #expect(ManifestText.decode(Data(line.utf8))?.count == 1)
    }
}
