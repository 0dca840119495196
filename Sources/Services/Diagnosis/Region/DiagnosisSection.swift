import Effects
package import Regions
package import ServiceKit
import SwiftProtobuf
import WorkflowKit

/// What the region agrees on about diagnoses: what is asked of which experts, and by when.
package struct DiagnosisSection: RegionSection {
    package static let name = "diagnosis"
    package static let keys = ["diagnosisLevels"]
    package static let unwritten = DiagnosisSection()

    package var levels: [DiagnosisLevel]

    package init(levels: [DiagnosisLevel] = []) { self.levels = levels }

    package init(_ file: inout RegionFileReader) {
        self.init()
        let keys = [
            "kind", "name", "specialty", "modality", "priority", "claimSeconds", "reportSeconds", "auditSeconds",
            "graceSeconds",
        ]
        let (modalities, priorities) = (
            DiagnosisModality.allCases.map(\.rawValue), DiagnosisPriority.allCases.map(\.rawValue)
        )
        let seconds: (String) throws -> UInt32 = YAMLValue.number(1...31_536_000, unit: "seconds")
        for item in file.root.mappings("diagnosisLevels", required: false, what: "a kind of diagnosis", keys: keys) {
            let kind = item.required("kind", YAMLValue.word)
            let name = item.required("name", YAMLValue.text)
            let specialty = item.required("specialty", YAMLValue.word)
            let modality = item.required("modality", YAMLValue.known(modalities, what: "modality"))
                .flatMap(DiagnosisModality.init)
            let priority = item.required("priority", YAMLValue.known(priorities, what: "priority"))
                .flatMap(DiagnosisPriority.init)
            let claim = item.required("claimSeconds", seconds)
            let report = item.required("reportSeconds", seconds)
            let audit = item.optional("auditSeconds", seconds)
            let grace = item.required("graceSeconds", seconds)
            guard let kind, let name, let specialty, let modality, let priority, let claim, let report, let grace else {
                continue
            }
            file.place("diagnosisLevels.\(levels.count)", at: item)
            levels.append(
                DiagnosisLevel(
                    kind: kind, name: name, specialty: specialty, modality: modality, priority: priority,
                    claimSeconds: claim, reportSeconds: report, auditSeconds: audit, graceSeconds: grace))
        }
    }

    package func check(in checker: inout RegionChecker) {
        checker.checkUnique(levels.map(\.kind), list: "diagnosisLevels", key: "kind", what: "the kind of diagnosis")
        RosterSection.check(specialties: levels.map(\.specialty), list: "diagnosisLevels", in: &checker)
        let auditors = Set(
            checker.configuration.rosters.flatMap(\.experts)
                .filter { $0.capabilities.contains(DiagnosisWorkflow.auditing) }.flatMap(\.specialties))
        for (index, level) in levels.enumerated()
        where level.auditSeconds != nil && !auditors.contains(level.specialty) && checker.excused.isEmpty {
            checker.find(
                "region.noExpert", "diagnosisLevels.\(index)", key: "auditSeconds",
                "no expert of the specialty '\(level.specialty)' may audit",
                remedy: "give an expert of the specialty the capability 'audit', or take auditSeconds out")
        }
    }

    package func compare(with old: Self, in difference: inout RegionDifference) {
        difference.compare(old.levels.map(Self.item), levels.map(Self.item))
    }

    package var contents: SectionContents? {
        let titles = ["KIND", "NAME", "SPECIALTY", "MODALITY", "PRIORITY", ">CLAIM", ">REPORT", ">AUDIT", ">GRACE"]
        let rows = levels.map { level in
            [
                level.kind, level.name, level.specialty, level.modality.rawValue, level.priority.rawValue,
                "\(level.claimSeconds) s", "\(level.reportSeconds) s", level.auditSeconds.map { "\($0) s" } ?? "-",
                "\(level.graceSeconds) s",
            ]
        }
        return SectionContents(
            Self.name, figures: ["diagnosisLevels": rows.count],
            lines: ["\(Self.name): \(rows.count) kinds of diagnosis"],
            tables: rows.isEmpty ? [] : [SectionContents.Table(titles, rows: rows)])
    }

    private static func item(_ level: DiagnosisLevel) -> RegionDifference.Item {
        RegionDifference.Item(
            "kind of diagnosis \(level.kind)",
            [
                ("name", level.name), ("specialty", level.specialty), ("modality", level.modality.rawValue),
                ("priority", level.priority.rawValue), ("claim", "\(level.claimSeconds) s"),
                ("report", "\(level.reportSeconds) s"),
                ("audit", level.auditSeconds.map { "\($0) s" } ?? "nobody audits"),
                ("grace", "\(level.graceSeconds) s"),
            ])
    }

    // MARK: Bytes

    package func wireBytes() throws -> [UInt8] {
        var message = PBDiagnosisSection()
        message.levels = levels.map { level in
            var part = PBDiagnosisLevel()
            part.kind = level.kind
            part.name = level.name
            part.specialty = level.specialty
            part.modality = level.modality.rawValue
            part.priority = level.priority.rawValue
            part.claimSeconds = level.claimSeconds
            part.reportSeconds = level.reportSeconds
            if let audit = level.auditSeconds { part.auditSeconds = audit }
            part.graceSeconds = level.graceSeconds
            return part
        }
        do { return try message.serializedBytes() } catch { throw Self.unreadable }
    }

    package init(wireBytes bytes: [UInt8]) throws {
        let message: PBDiagnosisSection
        do { message = try PBDiagnosisSection(serializedBytes: bytes) } catch { throw Self.unreadable }
        self.init(
            levels: try message.levels.map { part in
                guard let modality = DiagnosisModality(rawValue: part.modality),
                    let priority = DiagnosisPriority(rawValue: part.priority)
                else { throw Self.unreadable }
                return DiagnosisLevel(
                    kind: part.kind, name: part.name, specialty: part.specialty, modality: modality,
                    priority: priority,
                    claimSeconds: try DiagnosisLevel.seconds(PeerNumber.label(part.claimSeconds)),
                    reportSeconds: try DiagnosisLevel.seconds(PeerNumber.label(part.reportSeconds)),
                    auditSeconds: part.hasAuditSeconds
                        ? try DiagnosisLevel.seconds(PeerNumber.label(part.auditSeconds)) : nil,
                    graceSeconds: try DiagnosisLevel.seconds(PeerNumber.label(part.graceSeconds)))
            })
    }
}

extension RegionConfiguration {
    /// What is agreed about each kind of diagnosis.
    package var diagnosisLevels: [DiagnosisLevel] {
        get { section(DiagnosisSection.self).levels }
        set { set(DiagnosisSection(levels: newValue)) }
    }

    package func diagnosisLevel(_ kind: String) -> DiagnosisLevel? { diagnosisLevels.first { $0.kind == kind } }
}

extension DiagnosisSection: PractitionerSource {
    /// An expert of a roster may, where they work.
    package func enters(_ asking: Asking, at node: NodeID, in configuration: RegionConfiguration) -> Bool {
        asking.purpose == .diagnosis && configuration.expert(asking.practitioner)?.node == node
    }
}

extension AccessStatement.Purpose {
    /// Somebody asks for a diagnosis of what was examined, or is asked for one.
    package static let diagnosis = AccessStatement.Purpose(rawValue: "diagnosis")
}
