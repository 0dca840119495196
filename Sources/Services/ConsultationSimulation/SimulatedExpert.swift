import Consultation
import Effects
import Regions
import Simulator
import WorkflowKit

/// An expert who claims what is offered and reports on it, or is busy and lets it pass.
struct SimulatedExpert: Sendable {
    let expert: Expert
    let user: ServiceUser

    private var shared: SharedSimulation { user.shared }

    func run() async throws {
        try await user.rounds(pause: 40_000..<100_000, "refused \(expert.id)") {
            if shared.random.number(below: 5) > 0 { try await round() }
        }
    }

    private func round() async throws {
        // Most are over, and seldom has one of those an attempt that this expert still holds.
        let isThorough = shared.random.number(below: 10) == 0
        let states = ConsultationState.allCases.filter { $0 != .acknowledged || isThorough }
        let records = try await user.ask { service in
            var records: [ConsultationRecord] = []
            for state in states { records += try await service.list(ConsultationFilter(state: state)) }
            return records
        }
        for record in records ?? [] {
            if record.attempts.contains(where: { $0.state == .claimed && $0.claimant == expert.id }) {
                try await report(record)
            } else if record.state == .offered, record.attempts.last?.offeredTo.contains(expert.id) == true {
                return try await claim(record)
            }
        }
    }

    /// A person reads before claiming; meanwhile a colleague may have claimed it.
    private func claim(_ record: ConsultationRecord) async throws {
        try await shared.time.sleep(milliseconds: Int64(shared.random.number(below: 30_000)))
        let receipt = try await user.ask { [expert] in try await $0.claim(record.id, expert: expert.id) }
        guard let receipt else { return }
        shared.note("claimed \(receipt.request) \(receipt.attempt) \(expert.id)")
        shared.verdict.claims += 1
        user.journal.add(
            RequestJournal.Claim(
                request: receipt.request, attempt: receipt.attempt, home: receipt.home, expert: expert.id,
                homeRestores: shared.node(receipt.home)?.restores ?? 0))
    }

    private func report(_ record: ConsultationRecord) async throws {
        guard shared.random.number(below: 2) == 0 else { return }
        let text = ConsultationReportText(findings: "窦性心律", conclusion: "\(expert.id)")
        let receipt = try await user.ask { [expert] in
            try await $0.report(record.id, expert: expert.id, text: text)
        }
        if receipt != nil { shared.verdict.reports += 1 }
    }
}
