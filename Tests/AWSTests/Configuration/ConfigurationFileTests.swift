import FinOps
import Testing

@testable import AWS

@Suite struct ConfigurationFileTests {
    private func file(_ text: String) throws -> ConfigurationFile { try ConfigurationFile(path: "/c", text: text) }

    @Test func `sections, keys and comments are read as the AWS tools write them`() throws {
        let file = try file(
            "\u{FEFF}# head\n[default]\r\nREGION = us-east-1 # here\n; note\n[profile \"a b\"]\nx=a#b\ny: z\n")
        #expect(file.sections.map(\.header) == ["default", "profile \"a b\""])
        #expect(file.sections[0].values == ["region": "us-east-1"])
        #expect(file.sections[1].values == ["x": "a#b", "y": "z"])
    }

    @Test func `indented lines belong to the key above them`() throws {
        let file = try file(
            "[services dev]\nsts =\n  endpoint_url = http://127.0.0.1:1\ncost_explorer =\n\tendpoint_url=http://h:2\n")
        #expect(file.sections[0].nested["sts"] == ["endpoint_url": "http://127.0.0.1:1"])
        #expect(file.sections[0].nested["cost_explorer"] == ["endpoint_url": "http://h:2"])
    }

    @Test(arguments: [
        ("key = 1\n", 1), ("[default\n", 1), ("[default]\nkey\n", 2), ("[]\n", 1), ("[a]\n= 1\n", 2),
        ("[a]\ns3 =\n  nonsense\n", 3),
    ])
    func `a malformed line is named and not shown`(text: String, line: Int) {
        let error = inputError { try file(text) }
        #expect(error?.code == "malformed_aws_file")
        #expect(error?.summary.hasPrefix("/c, line \(line): ") == true)
        #expect(error?.summary.contains("nonsense") == false)
    }
}
