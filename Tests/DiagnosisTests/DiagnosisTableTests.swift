import Diagnosis
import Effects
import Foundation
import Regions
import Testing
import WorkflowKit

struct DiagnosisTableTests {
    @Test func `every fault has a code of its own, and each is in the catalogue`() {
        let codes = CaseFault.allCases.map(DiagnosisWorkflow.table.code(of:))
        #expect(Set(codes).count == codes.count)
        #expect(Set(codes).isSubset(of: DiagnosisService.failures.map(\.code)))
    }

    @Test func `what was signed is never taken away: no event leads from a report to a state before it`() {
        let before: Set<DiagnosisState> = [.requested, .opened, .offered, .claimed, .supplementing]
        for line in DiagnosisWorkflow.table.transitions where [.reported, .acknowledged].contains(line.from) {
            #expect(!before.contains(line.to), "\(line.event.rawValue)")
        }
    }

    @Test func `no clock runs while something is missing, and each running state has one that leads on`() {
        for timer in DiagnosisWorkflow.table.timers { #expect(!timer.states.contains(.supplementing)) }
        for state in [DiagnosisState.offered, .claimed, .preliminary] {
            #expect(DiagnosisWorkflow.table.timers.contains { $0.states.contains(state) }, "\(state)")
        }
    }

    @Test(arguments: ["docs/diagnosis.md", "docs/diagnosis.zh-CN.md"])
    func `the pages show the table, the diagram, the timers and the specimens of the code`(page: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = String(
            decoding: try SystemDisk().read(root.appendingPathComponent(page).path, limitBytes: 1 << 20), as: UTF8.self)
        #expect(text.contains(DiagnosisWorkflow.table.markdownTable()))
        #expect(text.contains("```mermaid\n" + DiagnosisWorkflow.table.mermaidDiagram() + "```"))
        #expect(text.contains(DiagnosisWorkflow.table.markdownTimers()))
        #expect(text.contains(DiagnosisWorkflow.table.markdownItems()))
    }

    private func problems(_ text: String) -> (RegionConfiguration?, [String]) {
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
            head + text, fileName: "region.yaml",
            sections: ConfigurationSections(region: [RosterSection.self, DiagnosisSection.self]), beside: { _ in "" })
        return (region, problems.map(\.description))
    }

    private static let rosters = """
        rosters:
          - home: shi
            experts:
              - {id: ecg-chen, name: 陈文, node: shi, specialties: [ecg], unit: yy, capabilities: [audit], capacity: 4,
                 duty: ["Mon-Fri 08:00-18:00", "Sat 20:00-08:00", "Sun"], absent: ["2026-10-01..2026-10-07", "2027-01-01"]}

        """
    private static let level =
        "kind: ecg, name: 心电, specialty: ecg, modality: ecg, priority: routine, claimSeconds: 180, reportSeconds: 600"

    @Test func `what the region agrees on is read, travels, and is found wrong where it stands`() throws {
        let (read, found) = problems(
            Self.rosters + "diagnosisLevels: [{\(Self.level), auditSeconds: 900, graceSeconds: 60}]")
        #expect(found == [])
        let region = try #require(read)
        let section = region.section(DiagnosisSection.self)
        #expect(section.levels.map(\.auditSeconds) == [900])
        #expect(try DiagnosisSection(wireBytes: try section.wireBytes()) == section)
        let roster = region.section(RosterSection.self)
        let expert = try #require(roster.rosters.first?.experts.first)
        #expect(expert.capacity == 4 && expert.capabilities == ["audit"])
        #expect(expert.duty.map(\.text) == ["Mon-Fri 08:00-18:00", "Sat 20:00-08:00", "Sun"])
        #expect(expert.absences.map(\.text) == ["2026-10-01..2026-10-07", "2027-01-01"])
        #expect(try RosterSection(wireBytes: try roster.wireBytes()) == roster)
        for bytes in [try section.wireBytes(), try roster.wireBytes()] {
            for index in bytes.indices {
                var changed = bytes
                changed[index] ^= 0x5A
                _ = try? DiagnosisSection(wireBytes: changed).contents
                _ = try? RosterSection(wireBytes: changed).contents
                _ = try? RosterSection(wireBytes: Array(bytes.prefix(index))).contents
            }
        }
        let expertWith = "rosters: [{home: shi, experts: [{id: a, name: b, node: shi, specialties: [ecg], "
        for (text, part) in [
            ("diagnosisLevels: [{\(Self.level), graceSeconds: 60}]", "no expert in any roster has the specialty"),
            (
                Self.rosters.replacing("capabilities: [audit], ", with: "")
                    + "diagnosisLevels: [{\(Self.level), auditSeconds: 900, graceSeconds: 60}]", "may audit"
            ),
            (
                Self.rosters + "diagnosisLevels: [{\(Self.level.replacing("modality: ecg", with: "modality: eeg")), "
                    + "graceSeconds: 60}]", "knows no modality"
            ),
            (expertWith + "duty: [\"Monday\"]}]}]", "no time of duty"),
            (expertWith + "duty: [\"Fri-Mon\"]}]}]", "no time of duty"),
            (expertWith + "duty: [\"Mon 8-18\"]}]}]", "not a time of day"),
            (expertWith + "absent: [\"2026-10-07..2026-10-01\"]}]}]", "no days of absence"),
            (expertWith + "capacity: 0}]}]", "cases at a time"),
        ] {
            #expect(problems(text).1.contains { $0.contains(part) }, "\(text): \(problems(text).1)")
        }
    }
}
