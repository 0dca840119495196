import Effects
import Regions
import Testing
import WorkflowKit

/// When people work, as the region's file says it and as it travels.
struct WorkingHoursTests {
    private static let written = """
        workingHours:
          from: "08:30"
          to: "17:00"
          holidays: [2026-10-01, 2026-10-02]
          workdays: [2026-10-10]
        """

    private func read(_ text: String) -> (region: RegionConfiguration?, problems: [String]) {
        let head = """
            region: sample
            name: 示例
            version: 1
            validFrom: 2026-01-01
            units:
              - {id: dc, name: 调度, division: 140300, tier: dispatcher, kind: dispatch-centre, node: diaodu}
              - {id: yy, name: 市医院, division: 140300, tier: city, kind: hospital, node: shi}
            nodes:
              - {id: diaodu, name: 调度, tier: dispatcher, unit: dc, division: 140300}
              - {id: shi, name: 市, tier: city, unit: yy, division: 140300, addresses: ["10.0.0.1:7443"]}
            management: [{child: shi, parent: diaodu, from: 2026-01-01}]

            """
        let (region, problems) = RegionFile.check(
            head + text, fileName: "region.yaml", sections: ConfigurationSections(region: [WorkingHours.self]),
            beside: { _ in "" })
        return (region, problems.map(\.description))
    }

    private func moment(_ text: String) throws -> WallTime { try WallTime(recorded: text) }

    @Test func `hours are added up from the file: the feast does not count, the Saturday that makes up for it does`()
        throws
    {
        let (region, problems) = read(Self.written)
        #expect(problems == [])
        let calendar = try #require(region).workingHours.calendar
        // Thursday and Friday are holidays, the weekend is none of the workdays.
        let before = try moment("2026-09-30T16:30:00+08:00")
        #expect(calendar.time(seconds: 3_600, after: before) == (try moment("2026-10-05T09:00:00+08:00")))
        // Saturday the tenth is worked.
        let friday = try moment("2026-10-09T16:30:00+08:00")
        #expect(calendar.time(seconds: 3_600, after: friday) == (try moment("2026-10-10T09:00:00+08:00")))
    }

    @Test func `a region that writes nothing lets every hour count, and nothing travels`() throws {
        let (region, problems) = read("")
        #expect(problems == [])
        #expect(try #require(region).workingHours == .unwritten)
        #expect(WorkingHours.unwritten.calendar == .always)
        #expect(WorkingHours.unwritten.contents == nil)
    }

    @Test func `what cannot be is found where it stands`() {
        for (text, part) in [
            ("workingHours: {from: \"08:00\"}", "'to'"),
            ("workingHours: {from: \"8:00\", to: \"17:00\"}", "time of day"),
            ("workingHours: {from: \"08:00\", to: \"24:01\"}", "time of day"),
            ("workingHours: {from: \"08:60\", to: \"17:00\"}", "time of day"),
            ("workingHours: {from: \"17:00\", to: \"08:00\"}", "when they have ended"),
            ("workingHours: {from: \"08:00\", to: \"17:00\", holidays: [2026-02-30]}", "not a day"),
            ("workingHours: {from: \"08:00\", to: \"17:00\", lunch: 12}", "lunch"),
            (
                "workingHours: {from: \"08:00\", to: \"17:00\", holidays: [2026-10-10], workdays: [2026-10-10]}",
                "a holiday and a workday"
            ),
            ("workingHours: {from: \"08:00\", to: \"17:00\", workdays: [2026-10-09]}", "without being named"),
        ] {
            let problems = read(text).problems
            #expect(problems.contains { $0.contains(part) }, "\(text): \(problems)")
        }
    }

    @Test func `bytes come back as they were, and cut, changed or extreme ones never trap`() throws {
        let hours = try #require(read(Self.written).region).workingHours
        let bytes = try hours.wireBytes()
        #expect(try WorkingHours(wireBytes: bytes) == hours)
        for index in bytes.indices {
            _ = try? WorkingHours(wireBytes: Array(bytes.prefix(index)))
            for mask: UInt8 in [0x01, 0x5A, 0x80, 0xFF] {
                var changed = bytes
                changed[index] ^= mask
                guard let read = try? WorkingHours(wireBytes: changed) else { continue }
                _ = read.calendar.time(seconds: .max, after: WallTime(milliseconds: .max))
                _ = read.contents
            }
        }
        // A day that no node takes, and a day that ends before it begins.
        for bytes: [UInt8] in [[0x10, 0x3C, 0x22, 0x05, 0xFE, 0xFF, 0xFF, 0xFF, 0x0F], [0x08, 0x3C, 0x10, 0x3C], []] {
            #expect(throws: Failure.self) { try WorkingHours(wireBytes: bytes) }
        }
    }
}
