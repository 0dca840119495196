import Consultation
package import Effects
package import Ledgers
package import NodeRuntime
package import Regions
package import Simulator
package import Storage
package import Wire
import WorkflowKit

/// Consultations in a simulated region: clinics ask and take note, experts claim and report.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
package final class ConsultationPlay: ServicePlay, @unchecked Sendable {
    package static let desks = ["consultation"]
    package static let lane = Lane.clinical
    package static let tables: [(name: String, rows: SQLText)] = [
        ("case_event", "SELECT entry, kind, fields, content_digest, has_payload FROM case_event"),
        (
            "case_attempt",
            "SELECT workflow, case_id, attempt, home, term, state, holder, held_since, deadline FROM case_attempt"
        ),
        ("case_state", "SELECT workflow, case_id, state, is_open, entry_count FROM case_state"),
    ]

    static let specialty = "ecg"
    static let kind = "ecg-emergency"
    static let claimSeconds: UInt32 = 240

    let shared: SharedSimulation
    let journal = RequestJournal()

    package init(_ shared: SharedSimulation) {
        self.shared = shared
    }

    package static func agree(in configuration: inout RegionConfiguration, homes: [NodeID]) {
        configuration.rosters = homes.map { home in
            ExpertRoster(
                home: home,
                experts: (1...2).map {
                    Expert(id: "\(home)-e\($0)", name: "专家\($0)", node: home, specialties: [specialty])
                })
        }
        configuration.serviceLevels = [
            ServiceLevel(
                kind: kind, name: "急诊心电诊断", specialty: specialty, claimSeconds: claimSeconds, reportSeconds: 600,
                graceSeconds: 60)
        ]
    }

    package static func tamper(_ mutant: Mutant, random: any RandomSource) -> (any StatementTamper)? {
        mutant == .claimWithoutCheck ? ClaimHider() : nil
    }

    package func people() -> [[SimulatedPerson]] {
        let townships = shared.nodes(.township)
        let requests = (shared.plan.requests + townships.count - 1) / townships.count
        let clinics = townships.flatMap { node in
            let clinic = Clinic(user: user(at: node), count: requests)
            return [
                SimulatedPerson("the clinic at \(node.id)") { try await clinic.run() },
                SimulatedPerson { try await clinic.takeNote() },
            ]
        }
        let experts = shared.region.configuration.rosters.flatMap(\.experts).compactMap { expert in
            shared.node(expert.node).map { node in
                let desk = SimulatedExpert(expert: expert, user: user(at: node))
                return SimulatedPerson { try await desk.run() }
            }
        }
        return [clinics, experts]
    }

    private func user(at node: SimulatedNode) -> ServiceUser {
        ServiceUser(node: node, shared: shared, journal: journal)
    }

    package func lose(_ node: SimulatedNode, reached: [ChainIdentity: UInt64], parent: YilianNode) async {
        for request in journal.requests where request.requester == node.id && !journal.lost.contains(request) {
            let known = try? await parent.context.ledger.read { sql in
                try sql.row("SELECT 1 FROM case_event WHERE case_id = $1 LIMIT 1", [request.description]) != nil
            }
            if known != true {
                journal.lose(request)
                shared.verdict.lostWithDisk += 1
            }
        }
    }

    package func questions() -> [[SimulatedQuestion]] {
        [
            [
                SimulatedQuestion("requests") { running in
                    let service = try running.service(ConsultationService.self)
                    for record in try await service.list() { _ = try await service.show(record.id) }
                }
            ]
        ]
    }
}
