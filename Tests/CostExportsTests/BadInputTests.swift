import FinOps
import Foundation
import TestSupport
import Testing

@testable import CostExports

@Suite struct `A bad export is refused with one sentence` {
    private func refusal(_ change: (inout FOCUSText) -> Void) async throws -> String? {
        let desk = try Desk()
        var file = FOCUSText.sample
        change(&file)
        try desk.write(file.text, to: "focus.csv")
        return try await desk.refusal("focus.csv")?.summary
    }

    @Test func `when an amount is none, with line and column`() async throws {
        #expect(
            try await refusal { $0.lines[2]["BilledCost"] = "a lot" }
                == "focus.csv line 4: column BilledCost is not an amount")
    }

    @Test func `when an amount is missing, with its row`() async throws {
        #expect(try await refusal { $0.lines[4]["BilledCost"] = "" } == "focus.csv row 5 has no billed amount")
    }

    @Test func `when usage is below nothing, with its row`() async throws {
        #expect(
            try await refusal { $0.lines[3]["ConsumedQuantity"] = "-7" }
                == "focus.csv row 4 is usage of a quantity below nothing, and no correction")
    }

    @Test func `when it mixes currencies`() async throws {
        #expect(
            try await refusal { $0.lines[1]["BillingCurrency"] = "EUR" } == "focus.csv holds 2 currencies: EUR, USD")
    }

    @Test func `when it holds two months`() async throws {
        #expect(
            try await refusal { $0.lines[1]["BillingPeriodStart"] = "2026-01-01T00:00:00Z" }
                == "focus.csv holds 2 billing periods: 2026-01, 2026-02")
    }

    @Test func `when it is of another month`() async throws {
        #expect(
            try await refusal { file in
                for index in file.lines.indices { file.lines[index]["BillingPeriodStart"] = "2026-01-01T00:00:00Z" }
            } == "focus.csv is of billing period 2026-01, and the month is 2026-02")
    }

    @Test func `when it has a heading and nothing else`() async throws {
        #expect(try await refusal { $0.lines = [] } == "focus.csv holds no line items")
    }

    @Test func `when nobody is charged`() async throws {
        #expect(
            try await refusal { $0.lines[1].merge(["SubAccountId": "", "BillingAccountId": ""]) { $1 } }
                == "focus.csv row 2 names no account (service Amazon Simple Storage Service)")
    }

    @Test func `when a column was renamed, with the name that was meant`() async throws {
        let desk = try Desk()
        try desk.write(FOCUSText.sample.text.replacing("BilledCost", with: "BilledCosts"), to: "focus.csv")
        let refusal = try await desk.refusal("focus.csv")
        #expect(refusal?.summary == "focus.csv is FOCUS 1.2, and column BilledCost is missing")
        #expect(refusal?.hint == "column BilledCosts looks like it, renamed")
    }

    @Test func `when its columns are nobody's`() async throws {
        let desk = try Desk()
        try desk.write("a,b\n1,2\n", to: "focus.csv")
        #expect(try await desk.refusal("focus.csv")?.summary == "focus.csv has the columns of neither FOCUS nor CUR")
    }

    @Test func `when a quote in a tag is not doubled, with its line`() async throws {
        let desk = try Desk()
        var lines = FOCUSText.sample.text.split(separator: "\n").map(String.init)
        lines[3] = lines[3].replacing("\"\"quoted", with: "\"quoted")
        try desk.write(lines.joined(separator: "\n") + "\n", to: "focus.csv")
        let refusal = try await desk.refusal("focus.csv")
        #expect(
            refusal?.summary
                == "focus.csv line 4: has a quote inside a value, or one that is never closed")
    }

    @Test func `when a line is too short`() async throws {
        let desk = try Desk()
        try desk.write(FOCUSText.sample.text + "1,2\n", to: "focus.csv")
        let refusal = try await desk.refusal("focus.csv")
        #expect(refusal?.summary == "focus.csv line 10: has fewer columns than the heading")
    }

    @Test func `when a Parquet file was cut short`() async throws {
        let desk = try Desk()
        try desk.write(FOCUSText.sample.text, to: "focus.csv")
        try await desk.convert("focus.csv", to: "focus.parquet", as: "FORMAT parquet")
        let whole = try Data(contentsOf: URL(fileURLWithPath: desk.folder["focus.parquet"]))
        try whole.dropLast(100).write(to: URL(fileURLWithPath: desk.folder["focus.parquet"]))
        #expect(
            try await desk.refusal("focus.parquet")?.summary
                == "focus.parquet is not a whole Parquet file: its end is missing")
    }

    @Test func `when a Parquet file is damaged inside`() async throws {
        let desk = try Desk()
        try desk.write(FOCUSText.sample.text, to: "focus.csv")
        try await desk.convert("focus.csv", to: "focus.parquet", as: "FORMAT parquet")
        let url = URL(fileURLWithPath: desk.folder["focus.parquet"])
        var bytes = try Data(contentsOf: url)
        for index in 8..<200 { bytes[index] ^= 0xFF }
        try bytes.write(to: url)
        #expect(try await desk.refusal("focus.parquet")?.summary == "focus.parquet cannot be read to its end")
    }

    @Test func `when a gzip file was cut short`() async throws {
        let desk = try Desk()
        var file = FOCUSText.sample
        for index in 0..<4000 { file.add("\(index).\(index &* 7919 % 1000)", ["SubAccountId": "\(index &* 104_729)"]) }
        try desk.write(file.text, to: "focus.csv")
        try await desk.convert("focus.csv", to: "focus.csv.gz", as: "FORMAT csv, COMPRESSION gzip, HEADER")
        let url = URL(fileURLWithPath: desk.folder["focus.csv.gz"])
        let whole = try Data(contentsOf: url)
        try whole.prefix(whole.count / 2).write(to: url)
        let refusal = try await desk.refusal("focus.csv.gz")
        #expect(refusal?.summary == "focus.csv.gz is not a whole gzip file")
        #expect(refusal?.cause == "unexpected end of file")
    }

    /// Flushed where a line ends and never finished: every line of it can be read, and half of them are missing.
    @Test func `when a gzip file was cut where a line ends`() async throws {
        let desk = try Desk()
        var file = FOCUSText.sample
        for index in 0..<400 { file.add("\(index)") }
        try desk.write(file.text, to: "focus.csv")
        let made = try await PythonProgram.run(
            """
            import sys, zlib
            data = open(sys.argv[1], 'rb').read()
            half = data.rfind(b'\\n', 0, len(data) // 2) + 1
            press = zlib.compressobj(9, zlib.DEFLATED, 31)
            open(sys.argv[1] + '.gz', 'wb').write(press.compress(data[:half]) + press.flush(zlib.Z_SYNC_FLUSH))
            """, [desk.folder["focus.csv"]])
        try #require(made.status == 0, "\(made.errors)")
        #expect(try await desk.refusal("focus.csv.gz")?.summary == "focus.csv.gz is not a whole gzip file")
    }

    @Test func `when its manifest names a file that is not there`() async throws {
        let desk = try Desk()
        try desk.write(FOCUSText.sample.text, to: "month-00001.csv")
        try desk.write(
            #"{"dataFiles": ["s3://b/month-00001.csv", "s3://b/month-00002.csv"]}"#, to: "month-Manifest.json")
        #expect(
            try await desk.refusal()?.summary
                == "manifest month-Manifest.json names s3://b/month-00002.csv, which is not there")
    }

    @Test func `when two of its files are the same bytes`() async throws {
        let desk = try Desk()
        for name in ["a.csv", "b.csv"] { try desk.write(FOCUSText.sample.text, to: name) }
        #expect(
            try await desk.refusal()?.summary
                == "a.csv and b.csv are the same bytes: the month would be counted twice")
    }

    @Test func `when the columns of two files differ`() async throws {
        let desk = try Desk()
        try desk.write(FOCUSText.sample.text, to: "a.csv")
        var other = FOCUSText.sample
        other.columns.swapAt(0, 8)
        try desk.write(other.text, to: "b.csv")
        #expect(
            try await desk.refusal()?.summary == "b.csv has other columns than a.csv: their order differs")
    }

    @Test func `when nothing is there`() async throws {
        let desk = try Desk()
        #expect(try await desk.refusal("nothing.csv")?.summary.hasSuffix("nothing.csv does not exist") == true)
        #expect(try await desk.refusal()?.summary.hasSuffix("holds no line items of 2026-02") == true)
    }
}

@Suite struct `An engine` {
    @Test func `that is not there is asked for with the one command`() async throws {
        let error = await #expect(throws: InputError.self) {
            try await DuckDB.find(configured: nil, path: "/nowhere", processes: ForegroundRunner())
        }
        #expect(error?.summary == "line items are read by DuckDB, and no `duckdb` was found on the PATH")
        #expect(error?.hint == "run `make duckdb`, or name another executable in `FINOPS_DUCKDB`")
    }

    @Test func `that is another program is not taken for one`() async throws {
        let error = await #expect(throws: InputError.self) {
            try await DuckDB.find(configured: "/bin/echo", path: "", processes: ForegroundRunner())
        }
        #expect(error?.summary == "line items are read by DuckDB, and /bin/echo does not answer as DuckDB does")
    }

    @Test func `that is new enough is found on the PATH`() async throws {
        let folder = TestEngine.executable.split(separator: "/").dropLast().joined(separator: "/")
        let engine = try await DuckDB.find(
            configured: nil, path: "/nowhere:/\(folder)", processes: ForegroundRunner())
        #expect(engine.executable == TestEngine.executable)
    }
}
