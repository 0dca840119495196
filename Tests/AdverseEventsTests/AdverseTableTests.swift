import AdverseEvents
import Effects
import Foundation
import Regions
import Testing
import WorkflowKit

struct AdverseTableTests {
    /// What is allowed, written a second time by hand: by whom, from where, to where.
    private static let allowed: [String: [String]] = [
        "accepted controller accepted": ["reported", "escalated"], "escalated home escalated": ["reported"],
        "dismissed controller dismissed": ["reported", "escalated", "accepted"],
        "analysed controller analysed": ["accepted"], "planned controller acting": ["analysed", "acting"],
        "closed controller closed": ["acting"],
        "notified controller reported": ["reported"], "notified controller escalated": ["escalated"],
        "notified controller accepted": ["accepted"], "notified controller analysed": ["analysed"],
        "notified controller acting": ["acting"], "notified controller closed": ["closed"],
    ]

    @Test func `the table allows what is written here, and nothing else`() {
        let lines = AdverseWorkflow.table.transitions.map {
            "\($0.from.rawValue) \($0.event.rawValue) \($0.role.rawValue) \($0.to.rawValue)"
        }
        let expected = Self.allowed.flatMap { line, states in states.map { "\($0) \(line)" } }
        #expect(Set(lines) == Set(expected) && lines.count == expected.count)
        #expect(AdverseWorkflow.table.creation.payloadAudience == .own)
        #expect(AdverseWorkflow.table.events.allSatisfy { $0.payloadAudience == .own })
    }

    @Test func `every fault has a code of its own, and each is in the catalogue`() {
        let codes = CaseFault.allCases.map(AdverseWorkflow.table.code(of:))
        #expect(Set(codes).count == codes.count)
        #expect(Set(codes).isSubset(of: AdverseService.failures.map(\.code)))
    }

    @Test(arguments: ["docs/adverse-events.md", "docs/adverse-events.zh-CN.md"])
    func `the pages show the table, the diagram and the timers of the code`(page: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = String(
            decoding: try SystemDisk().read(root.appendingPathComponent(page).path, limitBytes: 1 << 20), as: UTF8.self)
        #expect(text.contains(AdverseWorkflow.table.markdownTable()))
        #expect(text.contains("```mermaid\n" + AdverseWorkflow.table.mermaidDiagram() + "```"))
        #expect(text.contains(AdverseWorkflow.table.markdownTimers()))
    }

    private func problems(_ text: String) -> (AdverseSection?, [String]) {
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
            head + text, fileName: "region.yaml", sections: ConfigurationSections(region: [AdverseSection.self]),
            beside: { _ in "" })
        return (region?.section(AdverseSection.self), problems.map(\.description))
    }

    @Test func `what the region agrees on is read, travels, and is found wrong where it stands`() throws {
        let (read, found) = problems(
            """
            adverseLevels:
              - {grade: level-1, name: 警告事件, acceptSeconds: 7200, analysisSeconds: 86400, lawSeconds: 7200}
              - {grade: level-4, name: 隐患事件, acceptSeconds: 7200, analysisSeconds: 86400}
            adverseControllers: [{unit: yy, node: shi, ids: [qc-li, 张医生]}]
            """)
        #expect(found == [])
        let section = try #require(read)
        #expect(section.levels.map(\.lawSeconds) == [7_200, nil] && section.controllers.count == 1)
        let bytes = try section.wireBytes()
        #expect(try AdverseSection(wireBytes: bytes) == section)
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 0x5A
            _ = try? AdverseSection(wireBytes: changed).contents
            _ = try? AdverseSection(wireBytes: Array(bytes.prefix(index)))
        }
        for (text, part) in [
            ("adverseControllers: [{unit: yy, node: diaodu, ids: [qc-li]}]", "neither the unit's node"),
            ("adverseControllers: [{unit: dc, node: shi, ids: [qc-li]}]", "neither the unit's node"),
            ("adverseControllers: [{unit: yx, node: shi, ids: [qc-li]}]", "no unit 'yx'"),
            ("adverseControllers: [{unit: yy, node: shy, ids: [qc-li]}]", "no node 'shy'"),
            ("adverseLevels: [{grade: a, name: b, acceptSeconds: 0, analysisSeconds: 1}]", "whole number of seconds"),
        ] {
            #expect(problems(text).1.contains { $0.contains(part) }, "\(text): \(problems(text).1)")
        }
    }
}
