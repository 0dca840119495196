import Testing

/// The measuring instrument measured: every difference that matters is seen.
@Suite("Differences are seen")
struct ComparisonTests {
    private static let text = #"""
        MSH|^~\&|LIS|LAB|||20261120||ORU^R01|X|P|2.5
        PID|1||1^^^LAB&2.999&ISO^MR
        OBR|1||F-1|718-7^Hemoglobin^LN|||||||||||||||||||||F
        OBX|1|NM|718-7^Hemoglobin^LN||13.50|g/dL|12.0-16.0|H|||F
        NTE|1||as \T\ was
        """#

    private static func report(_ old: String = "", _ new: String = "") throws -> ForeignReport {
        let text = old.isEmpty ? text : text.replacing(old, with: new)
        return try #require(try ForeignHL7(Array(text.utf8)).reports.first)
    }

    @Test(
        "a changed value, unit, range, flag, code or note, a lost line and one too many are seen",
        arguments: [
            ("13.50", "13.5"), ("|g/dL|", "|g/L|"), ("|g/dL|", "||"), ("12.0-16.0", "12.0-16"), ("|H|", "|N|"),
            ("|H|", "||"), ("718-7^Hemoglobin^LN||13", "1^Other^LN||13"), (#"as \T\ was"#, "as was"),
            ("OBX|1|NM", "ZBX|1|NM"), ("NTE|1||", "OBX|2|NM|1^One^L||1\nNTE|1||"),
        ])
    func seen(_ old: String, _ new: String) throws {
        let comparison = Comparison(file: MessageFile(name: "planted", bytes: []))
        #expect(!comparison.differences(try Self.report(), try Self.report(old, new)).isEmpty, "\(old) → \(new)")
    }

    @Test("a lost line is missed also where its value stands in the middle of a free text")
    func lostInText() throws {
        let comparison = Comparison(file: MessageFile(name: "planted", bytes: []))
        let lost = try Self.report("OBX|1|NM|718-7^Hemoglobin^LN||13.50|g/dL|12.0-16.0|H|||F", "ZBX|1")
        var found = lost
        found.texts = ["as & was", "it was 13.50 yesterday"]
        #expect(!comparison.differences(try Self.report(), found).isEmpty)
        found.texts = ["as & was", "13.50"]
        #expect(comparison.differences(try Self.report(), found).isEmpty, "the whole of a conclusion")
        var twice = try Self.report()
        twice.lines += twice.lines
        #expect(!comparison.differences(twice, found).isEmpty, "one text is no two lines")
    }

    @Test("what is the same has no differences")
    func same() throws {
        let comparison = Comparison(file: MessageFile(name: "planted", bytes: []))
        let report = try Self.report()
        #expect(report.lines.count == 1 && report.texts == ["as & was"])
        #expect(comparison.differences(report, report).isEmpty)
        #expect(report.patients.first == ForeignPatient(value: "1", authority: "2.999", type: "MR"))
    }
}
