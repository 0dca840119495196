import Effects
import Recognition
import Regions
import ServiceKit

/// A doctor at a county: asks for patients' results and opens one of them.
final class Doctor: @unchecked Sendable {
    private let node: SimulatedNode
    private let ground: SimulationGround

    init(_ node: SimulatedNode, ground: SimulationGround) {
        self.node = node
        self.ground = ground
    }

    func run() async throws {
        let until = ground.plan.milliseconds
        while ground.elapsed < until {
            try await ground.time.sleep(milliseconds: 60_000 + Int64(ground.random.number(below: 240_000)))
            guard let running = node.node, let life = node.life, life.isAlive else { continue }
            let patient = Hospital.demographics(Int(ground.random.number(below: UInt64(Hospital.patients))))
            guard let identifier = patient.identifiers.first else { continue }
            do {
                let service = try running.service(RecognitionService.self)
                let found = try await service.find(
                    RecognitionService.Inquiry(
                        identifier: identifier, practitioner: "D-1", organizationUnit: node.id.rawValue,
                        purpose: .treatment, consent: "signed"))
                guard life.isAlive else { continue }
                ground.verdict.answered += 1
                guard let first = ground.choice(found.answer.summaries) else { continue }
                let opened = try await service.open(first.entry, statement: found.statement)
                guard life.isAlive else { continue }
                if !opened.content.patient.identifiers.contains(identifier) {
                    ground.verdict.violation("privacy", "\(node.id) opened a result of another patient")
                }
            } catch {
                ground.log.add("\(node.id) did not answer its doctor: \(error)")
            }
        }
    }
}
