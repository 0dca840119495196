package import Effects
package import Ledgers
package import NodeRuntime
import Recognition
import Regions
package import Simulator
package import Storage
package import Wire

/// Results in a simulated region: hospitals publish, correct and void them, doctors look for them and open them.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
package final class RecognitionPlay: ServicePlay, @unchecked Sendable {
    package static let desks = ["recognition"]
    package static let lane = Lane.bulk
    package static let tables: [(name: String, rows: SQLText)] = [
        (
            "report_version",
            "SELECT entry, report, report_rest, version, status, fields, content_digest, has_payload FROM report_version"
        ),
        ("report_patient", "SELECT patient, report FROM report_patient"),
    ]

    let shared: SharedSimulation
    let journal = HospitalJournal()
    private var hospitals: [(node: SimulatedNode, hospital: Hospital)] = []

    package init(_ shared: SharedSimulation) {
        self.shared = shared
    }

    package static func tamper(_ mutant: Mutant, random: any RandomSource) -> (any StatementTamper)? {
        mutant == .foldedTwice ? DoubleFolder(random: random) : nil
    }

    package func people() -> [[SimulatedPerson]] {
        let publishers = shared.nodes(.township) + shared.nodes(.county)
        let share = (shared.plan.results + publishers.count - 1) / publishers.count
        hospitals = publishers.map { ($0, Hospital($0, shared: shared, journal: journal, count: share)) }
        let systems = hospitals.map { node, hospital in
            SimulatedPerson("the hospital at \(node.id)") { try await hospital.run() }
        }
        let doctors = shared.nodes(.county).map { node in
            let doctor = Doctor(node, shared: shared)
            return SimulatedPerson { try await doctor.run() }
        }
        return [systems, doctors]
    }

    package func onceMore() -> [SimulatedPerson] {
        hospitals.map { node, hospital in
            SimulatedPerson("the hospital at \(node.id), once more,") { try await hospital.publishNew() }
        }
    }

    package func lose(_ node: SimulatedNode, reached: [ChainIdentity: UInt64], parent: YilianNode) {
        for item in journal.published where item.entry.author == node.id {
            let batch = item.entry.batch
            if reached[batch.chain, default: 0] <= batch.sequence, !journal.lost.contains(item.entry) {
                journal.lose(item.entry)
                shared.verdict.lostWithDisk += 1
            }
        }
    }

    package func questions() -> [[SimulatedQuestion]] {
        let sheets = [ReportingPeriod.Kind.day, .year].map { kind in
            [
                SimulatedQuestion("the sheet of a \(kind)") { [shared] in
                    let now = shared.time.wallTime
                    _ = try await $0.service(RecognitionService.self).sheet(ReportingPeriod(kind, containing: now))
                }
            ]
        }
        let standing = [
            SimulatedQuestion("the index's figures") {
                _ = try await $0.service(RecognitionService.self).statistics()
            },
            SimulatedQuestion("alerts") { _ = try await $0.service(RecognitionService.self).alerts() },
        ]
        return [standing] + sheets
    }
}
