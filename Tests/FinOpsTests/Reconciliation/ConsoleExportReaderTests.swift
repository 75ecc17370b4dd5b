import FinOps
import Foundation
import TestSupport
import Testing

@Suite struct `Reading a console export` {
    private func read(_ text: String) throws -> ConsoleExport {
        try ConsoleExportReader(file: "folder/costs.csv", month: SampleLedger.month)
            .read(Data(text.utf8), hashing: FixedHashing())
    }

    private func refusal(_ text: String) -> String? {
        do {
            _ = try read(text)
            return nil
        } catch let error as InputError {
            return error.code == "bad_console_csv" ? error.summary : nil
        } catch {
            return nil
        }
    }

    @Test func `a month by linked account gives the total and each account`() throws {
        let export = try read(
            """
            \u{FEFF}"Linked account","payments (111111111111)($)","222222222222($)","Total costs($)"
            "Linked account total","30.10","","30.10"
            "2026-01-01","10","","10"
            "2026-02-01","20.10","","20.10"
            """)
        #expect(export.total == "20.1" && export.amountCount == 2)
        #expect(export.amountsByAccount == ["111111111111": "20.1", "222222222222": .zero])
        #expect(export.fileName == "costs.csv" && export.sha256 == SampleLedger.digest("7"))
    }

    @Test func `days are added up, and every day must be there`() throws {
        let days = (1...28).map { "2026-02-\($0 < 10 ? "0" : "")\($0),1,2,3" }
        let heading = "Service,EC2($),RDS($),Total costs($)"
        let export = try read(([heading, "Service total,28,56,84"] + days).joined(separator: "\r\n") + "\r\n")
        #expect(export.total == "84" && export.amountsByAccount == nil && export.amountCount == 56)
        #expect(
            refusal(([heading] + days.dropLast()).joined(separator: "\n"))
                == "`--console-csv folder/costs.csv` line 1: only 27 of the 28 days of 2026-02 are there")
    }

    @Test func `names with commas and doubled quotes are cells like others`() throws {
        let export = try read("Service,\"Compute, \"\"spot\"\"($)\",Total costs($)\n2026-02-01,4,4\n")
        #expect(export.total == "4")
    }

    @Test(arguments: [
        ("", "line 1: the file is empty"),
        ("Date,Amount\n2026-02-01,4", "line 1: the last column is not \"Total costs($)\""),
        ("Service,EC2(Hrs),Total costs($)\n2026-02-01,4,4", "line 1: column \"EC2(Hrs)\" is not in US dollars"),
        ("Service,EC2($),EC2($),Total costs($)\n2026-02-01,4,4,8", "line 1: two columns have the same heading"),
        ("Service,EC2($),Total costs($)\n2026-02-01,4", "line 2: 2 columns, where the heading has 3"),
        ("Service,EC2($),Total costs($)\nFebruary,4,4", "line 2: \"February\" is neither a day"),
        ("Service,EC2($),Total costs($)\n2026-02-01,4x,4", "line 2: \"4x\" is not an amount"),
        ("Service,EC2($),Total costs($)\n2026-02-01,4,5", "line 2: the columns do not add up"),
        (
            "Service,EC2($),Total costs($)\nService total,9,9\n2026-02-01,4,4",
            "line 2: column \"EC2($)\" does not add up"
        ),
        ("Service,EC2($),Total costs($)\n2026-01-01,4,4", "line 1: no row is about 2026-02"),
        ("Service,EC2($),Total costs($)\n2026-02-01,4,4\n2026-02-01,4,4", "line 1: a day of 2026-02 comes twice"),
        ("Service,\"EC2($),Total costs($)\n2026-02-01,4,4", "line 1: a quote is never closed"),
        ("Service,\"EC2\"x($),Total costs($)\n2026-02-01,4,4", "line 1: text follows a closing quote"),
        ("Service,E\"C2($),Total costs($)\n2026-02-01,4,4", "line 1: a quote stands inside a cell"),
    ])
    func `what does not add up is refused with its line`(text: String, sentence: String) throws {
        let found = try #require(refusal(text))
        #expect(found.contains(sentence), "\(found)")
    }

    @Test func `bytes that are not text are refused`() {
        #expect(throws: InputError.self) {
            try ConsoleExportReader(file: "x.csv", month: SampleLedger.month)
                .read(Data([0xFF, 0xFE, 0x00]), hashing: FixedHashing())
        }
    }
}

struct FixedHashing: Hashing {
    func sha256(_ bytes: Data) -> Digest { SampleLedger.digest("7") }
}
