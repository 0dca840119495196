import Effects
import Regions
import Testing
import Wire

@testable import Recognition

@Suite("What a report's header says about the catalogue") struct ReportLinesTests {
    private func lines(
        unit: String = "lake-hospital", _ observations: [ReportedObservation], specimen: String? = "SER",
        service: Coding = Coding(codes: [.init(code: "PANEL")]), notes: [String] = []
    ) -> [ReportLine] {
        let content = ReportContent(
            institution: unit, patient: PatientDemographics(identifiers: []), service: service, status: .final,
            category: .laboratory, specimens: specimen.map { [Coding(codes: [.init(code: $0)])] } ?? [],
            observations: observations, notes: notes)
        return ReportLines(RuleRegion.rules).lines(
            of: content, issuedBy: RuleRegion.unit(unit).id, at: RuleRegion.time("2026-03-10"))
    }

    private func observation(
        _ code: String, system: String = "", name: String = "", unit: String? = "mmol/L", status: String = "F",
        method: String? = nil
    ) -> ReportedObservation {
        ReportedObservation(
            setID: "1", code: Coding(codes: [.init(code: code, display: name, system: system)]), valueType: "NM",
            value: "5.6", unit: unit.map { Coding(codes: [.init(code: $0)]) }, status: status, method: method)
    }

    @Test func `an institution's own code, everybody's, LOINC and the region's lead to the item`() {
        #expect(lines([observation("0077", system: "99LAB")]).map(\.item) == ["GLU"])
        #expect(lines([observation("XT")]).map(\.item) == ["GLU"])
        #expect(lines(unit: "hill-centre", [observation("XT")]).map(\.item) == ["K"], "its own comes first")
        #expect(lines([observation("14749-6", system: "LN")]).map(\.item) == ["GLU"])
        #expect(lines([observation("TC", system: "urn:yilian:catalogue")]).map(\.item) == ["TC"])
        #expect(lines([observation("0077", system: "OTHER")]) == [])
    }

    @Test func `what agrees with the catalogue is not said, what differs is`() {
        #expect(lines([observation("XT")]) == [ReportLine(item: "GLU")])
        #expect(lines([observation("XT", unit: "毫摩尔/升")]) == [ReportLine(item: "GLU")], "an alias")
        #expect(lines([observation("XT", unit: "mg/dl")]).first?.unit == .other("mg/dL"))
        #expect(lines([observation("XT", unit: "Stück")]).first?.unit == .other("Stück"))
        #expect(lines([observation("XT", unit: nil)]).first?.unit == .other(""))
        #expect(lines([observation("XT")], specimen: "UR").first?.specimen == .other("urine"))
        #expect(lines([observation("XT")], specimen: nil).first?.specimen == .other(""))
    }

    @Test func `marks of the line come before those of the report`() {
        #expect(lines([observation("XT", name: "★葡萄糖")]).first?.marks == ["city"])
        #expect(lines([observation("XT", name: "【全国HR】葡萄糖")]).first?.marks == ["national"])
        #expect(lines([observation("XT", name: "［全国ＨＲ］葡萄糖")]).first?.marks == ["national"], "full width")
        #expect(lines([observation("XT")], notes: ["山西省HR"]).first?.marks == ["province"])
        #expect(lines([observation("XT", name: "【全国HR】葡萄糖")], notes: ["山西省HR"]).first?.marks == ["national"])
        #expect(lines([observation("XT", name: "全国HR葡萄糖")]).first?.marks == [], "no bracket, not alone")
        #expect(lines([observation("XT")], notes: ["本院参加全国HR评价"]).first?.marks == [])
    }

    @Test func `withdrawn lines are none, preliminary ones say so, repeated ones are one`() {
        #expect(lines([observation("XT", status: "X")]) == [])
        #expect(lines([observation("XT", status: "P")]).first?.isPreliminary == true)
        for letter in ["P", "R", "I", "S", "A", "M", "?"] {
            #expect(lines([observation("XT", status: letter)]).map(\.isPreliminary) == [true], "\(letter)")
            let both = lines([observation("XT"), observation("XT", status: letter)])
            #expect(both.map(\.isPreliminary) == [true], "\(letter) beside a final one")
        }
        for letter in ["", "F", "U", "V", "B", "C"] {
            #expect(lines([observation("XT", status: letter)]).map(\.isPreliminary) == [false], "\(letter)")
        }
        let twice = lines([observation("XT", name: "【全国HR】糖"), observation("XT", name: "★糖")])
        #expect(twice.map(\.item) == ["GLU"] && twice.first?.marks == ["national", "city"])
    }

    @Test func `a laboratory line without a value is none`() {
        var empty = observation("XT")
        empty.value = ""
        #expect(lines([empty]) == [])
        #expect(lines([empty, observation("XT")]) == [ReportLine(item: "GLU")])
    }

    @Test func `an examination is a line of its own`() {
        let service = Coding(codes: [.init(code: "DR-CHEST", display: "胸片", system: "YL")])
        let found = lines([observation("FINDING", unit: nil)], specimen: nil, service: service, notes: ["【全国HR】"])
        #expect(found == [ReportLine(item: "DR-CHEST", marks: ["national"])])
    }

    @Test func `a line's bytes are read back, byte by byte cut ones are refused or read as less`() throws {
        let line = ReportLine(
            item: "GLU", itemVersion: 3, unit: .other("mg/dL"), specimen: .other(""), method: "GOD", marks: ["a", "b"],
            isPreliminary: true)
        var writer = ProtobufWriter()
        line.write(to: &writer)
        let bytes = writer.bytes
        #expect(try ProtobufReader.read(bytes) { try ReportLine($0) } == line)
        for end in bytes.indices {
            let cut = try? ProtobufReader.read(Array(bytes[..<end])) { try ReportLine($0) }
            #expect(cut != line)
        }
        var plain = ProtobufWriter()
        ReportLine(item: "GLU").write(to: &plain)
        #expect(plain.bytes.count == 5, "tag, length, three letters")
    }
}

@Suite("Report times") struct ReportTimeTests {
    @Test func `the last day belongs to the window`() {
        let report = RuleRegion.time("2026-03-10T08:30:00+08:00")
        let end = ReportTime.endOfDay(30, after: report)
        #expect(end.chinaText == "2026-04-09T23:59:59+08:00")
        #expect(ReportTime.endOfDay(0, after: report).chinaText == "2026-03-10T23:59:59+08:00")
    }
}
