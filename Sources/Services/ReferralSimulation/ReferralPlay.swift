package import Effects
package import Ledgers
package import NodeRuntime
import Referral
package import Regions
package import Simulator
package import Storage
package import Wire

/// Referrals in a simulated region: townships refer up, hospitals answer, admit and hand back, patients do not come.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
package final class ReferralPlay: ServicePlay, @unchecked Sendable {
    package static let desks = ["referral"]
    package static let lane = Lane.clinical
    /// The tables of all cases stand with consultations.
    package static let tables: [(name: String, rows: SQLText)] = []

    static let kind = "up"
    static let seconds: UInt32 = 600
    /// How long after a time has run out its consequence may be missing.
    static let graceMilliseconds: Int64 = 120_000

    let shared: SharedSimulation
    let journal = ReferralJournal()

    package init(_ shared: SharedSimulation) {
        self.shared = shared
    }

    package static func agree(in configuration: inout RegionConfiguration, homes: [NodeID]) {
        configuration.referralLevels = [
            ReferralLevel(
                kind: kind, name: "上转", direction: .up, answerSeconds: seconds, arrivalSeconds: seconds,
                returnSeconds: seconds)
        ]
    }

    package static func tamper(_ mutant: Mutant, random: any RandomSource) -> (any StatementTamper)? {
        mutant == .clockStopped ? ClockStopper() : nil
    }

    package func people() -> [[SimulatedPerson]] {
        let townships = shared.nodes(.township)
        let count = (shared.plan.requests + 2 * townships.count - 1) / (2 * townships.count)
        let writing = townships.map { node in
            let doctor = doctor(at: node, count: count)
            return SimulatedPerson("who refers at \(node.id)") { try await doctor.write() }
        }
        let working = (townships + shared.nodes(.county) + shared.nodes(.city)).map { node in
            let doctor = doctor(at: node, count: 0)
            return SimulatedPerson { try await doctor.work() }
        }
        return [writing, working]
    }

    private func doctor(at node: SimulatedNode, count: Int) -> ReferralDoctor {
        ReferralDoctor(node: node, shared: shared, journal: journal, count: count)
    }

    package func lose(_ node: SimulatedNode, reached: [ChainIdentity: UInt64], parent: YilianNode) async {
        for referral in journal.referrals where referral.origin == node.id && !journal.lost.contains(referral) {
            let known = try? await parent.context.ledger.read { sql in
                try sql.row("SELECT 1 FROM case_event WHERE case_id = $1 LIMIT 1", [referral.description]) != nil
            }
            if known != true { journal.lose(referral) }
        }
    }

    package func questions() -> [[SimulatedQuestion]] {
        [
            [
                SimulatedQuestion("referrals") { running in
                    let service = try running.service(ReferralService.self)
                    for record in try await service.list() { _ = try await service.show(record.id) }
                }
            ]
        ]
    }
}
