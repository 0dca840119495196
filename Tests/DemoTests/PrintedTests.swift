import Demo
import Testing

@Suite struct PrintedTests {
    @Test func barsBeginInOneColumnWhateverTheNamesAreWrittenIn() throws {
        let lines = DemoPrinter.lines(of: [
            (name: "盂县医疗集团节点", done: 2960, total: 2960), (name: "xiyan", done: 3, total: 138),
            (name: "平定县", done: 0, total: 0),
        ])
        let columns = try lines.map { line in
            let start = try #require(line.firstIndex { "█·".contains($0) })
            return line[..<start].unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 1 : 2) }
        }
        #expect(Set(columns).count == 1)
        #expect(lines[0].hasSuffix(" 2,960 of 2,960") && lines[1].hasSuffix(" 3 of 138"))
        #expect(lines[2].contains(String(repeating: "█", count: 30)))
    }

    @Test func aMessageHoldsAsManyReportsAsItHasRequests() {
        let item = { (text: String, isHL7: Bool) in
            MessageFeeder.Item(node: "a", isHL7: isHL7, bytes: Array(text.utf8), orderKey: "a").reportCount
        }
        #expect(item("MSH|^~\\&|\rPID|1\rOBR|1\rOBX|1||OBR|\rOBR|2\r", true) == 2)
        #expect(item(#"{"resourceType": "DiagnosticReport"}"#, false) == 1)
        #expect(item(#"{"resourceType":"Bundle","entry":[{"resourceType":"DiagnosticReport"}]}"#, false) == 1)
    }
}
