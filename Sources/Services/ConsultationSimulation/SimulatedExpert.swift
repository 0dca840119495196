import Consultation
import Effects
import Regions
import Simulator

/// An expert who claims what is offered and reports on it, or is busy and lets it pass.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
final class SimulatedExpert: @unchecked Sendable {
    private let expert: Expert
    private let node: SimulatedNode
    private let shared: SharedSimulation
    private let journal: RequestJournal

    init(_ expert: Expert, node: SimulatedNode, shared: SharedSimulation, journal: RequestJournal) {
        self.expert = expert
        self.node = node
        self.shared = shared
        self.journal = journal
    }

    func run() async throws {
        while true {
            try await shared.time.sleep(milliseconds: 40_000 + Int64(shared.random.number(below: 60_000)))
            guard shared.random.number(below: 5) > 0 else { continue }
            do {
                try await round()
            } catch let error as CancellationError {
                guard !Task.isCancelled else { throw error }
            } catch {
                shared.log.add("\(node.id) refused \(expert.id): \(error)")
            }
        }
    }

    private func round() async throws {
        // Most are over, and seldom has one of those an attempt that this expert still holds.
        let isThorough = shared.random.number(below: 10) == 0
        let states = ConsultationState.allCases.filter { $0 != .acknowledged || isThorough }
        let records = try await node.ask { node in
            let service = try node.service(ConsultationService.self)
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
        let receipt = try await node.ask { [expert] in
            try await $0.service(ConsultationService.self).claim(record.id, expert: expert.id)
        }
        guard let receipt else { return }
        shared.note("claimed \(receipt.request) \(receipt.attempt) \(expert.id)")
        shared.verdict.claims += 1
        journal.add(
            RequestJournal.Claim(
                request: receipt.request, attempt: receipt.attempt, home: receipt.home, expert: expert.id,
                homeRestores: shared.node(receipt.home)?.restores ?? 0))
    }

    private func report(_ record: ConsultationRecord) async throws {
        guard shared.random.number(below: 2) == 0 else { return }
        let text = ConsultationReportText(findings: "窦性心律", conclusion: "\(expert.id)")
        let receipt = try await node.ask { [expert] in
            try await $0.service(ConsultationService.self).report(record.id, expert: expert.id, text: text)
        }
        if receipt != nil { shared.verdict.reports += 1 }
    }
}
