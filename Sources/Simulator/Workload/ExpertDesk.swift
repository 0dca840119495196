import Consultation
import Effects
import Regions

/// An expert who claims what is offered and reports on it, or is busy and lets it pass.
final class ExpertDesk: @unchecked Sendable {
    private let expert: Expert
    private let node: SimulatedNode
    private let ground: SimulationGround
    private let journal: Journal

    init(_ expert: Expert, node: SimulatedNode, ground: SimulationGround, journal: Journal) {
        self.expert = expert
        self.node = node
        self.ground = ground
        self.journal = journal
    }

    func run() async throws {
        while true {
            try await ground.time.sleep(milliseconds: 40_000 + Int64(ground.random.number(below: 60_000)))
            guard ground.random.number(below: 5) > 0 else { continue }
            do {
                try await round()
            } catch let error as CancellationError {
                guard !Task.isCancelled else { throw error }
            } catch {
                ground.log.add("\(node.id) refused \(expert.id): \(error)")
            }
        }
    }

    private func round() async throws {
        guard let running = node.node, let life = node.life, life.isAlive else { return }
        let service = try running.service(ConsultationService.self)
        for record in try await service.list() {
            guard life.isAlive else { return }
            if record.attempts.contains(where: { $0.state == .claimed && $0.claimant == expert.id }) {
                try await report(record, service, life)
            } else if record.state == .offered, record.attempts.last?.offeredTo.contains(expert.id) == true {
                let receipt = try await service.claim(record.id, expert: expert.id)
                guard life.isAlive else { return }
                ground.scheduler.note("claimed \(receipt.request) \(receipt.attempt) \(expert.id)")
                ground.verdict.claims += 1
                journal.add(
                    Journal.Claim(
                        request: receipt.request, attempt: receipt.attempt, home: receipt.home, expert: expert.id,
                        homeRestores: ground.node(receipt.home)?.restores ?? 0))
                return
            }
        }
    }

    private func report(_ record: ConsultationRecord, _ service: ConsultationService, _ life: Life) async throws {
        guard ground.random.number(below: 2) == 0 else { return }
        _ = try await service.report(
            record.id, expert: expert.id,
            text: ConsultationReportText(findings: "窦性心律", conclusion: "\(expert.id)"))
        if life.isAlive { ground.verdict.reports += 1 }
    }
}
