import Effects
import Recognition
import Regions
import ServiceKit
import Simulator

/// A doctor at a county: asks for patients' results and opens one of them.
final class Doctor: @unchecked Sendable {
    private let node: SimulatedNode
    private let shared: SharedSimulation

    init(_ node: SimulatedNode, shared: SharedSimulation) {
        self.node = node
        self.shared = shared
    }

    func run() async throws {
        let until = shared.plan.milliseconds
        while shared.elapsed < until {
            try await shared.time.sleep(milliseconds: 60_000 + Int64(shared.random.number(below: 240_000)))
            let patient = Hospital.demographics(Int(shared.random.number(below: UInt64(SimulatedRegion.patients))))
            guard let identifier = patient.identifiers.first else { continue }
            do {
                try await ask(about: identifier)
            } catch {
                shared.log.add("\(node.id) did not answer its doctor: \(error)")
            }
        }
    }

    private func ask(about identifier: PatientIdentifier) async throws {
        let asking = Asking(
            practitioner: "D-1", organizationUnit: node.id.rawValue, purpose: .treatment, consent: "signed")
        let found = try await node.ask {
            try await $0.service(RecognitionService.self).find(asking, about: [identifier])
        }
        guard let found else { return }
        shared.verdict.answered += 1
        guard let first = shared.choice(found.answer.summaries) else { return }
        let opened = try await node.ask {
            try await $0.service(RecognitionService.self).open(first.entry, statement: found.statement)
        }
        if let opened, !opened.content.patient.identifiers.contains(identifier) {
            shared.verdict.violation("privacy", "\(node.id) opened a result of another patient")
        }
    }
}
