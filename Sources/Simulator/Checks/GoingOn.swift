import Consultation
import Effects
import Indicators
import Ledgers
import NodeRuntime
import Recognition
import Regions

/// Asks every node of a region at rest what a person may ask it: whatever was done to it, nothing has stopped.
struct GoingOn {
    private let shared: SharedSimulation

    init(_ shared: SharedSimulation) {
        self.shared = shared
    }

    func ask() async {
        for node in shared.nodes {
            await question("the index's figures", at: node) {
                _ = try await $0.service(RecognitionService.self).statistics()
            }
            await question("alerts", at: node) { _ = try await $0.service(RecognitionService.self).alerts() }
            await question("requests", at: node) { running in
                let service = try running.service(ConsultationService.self)
                for record in try await service.list() { _ = try await service.show(record.id) }
            }
            let now = shared.time.wallTime
            for kind in [ReportingPeriod.Kind.day, .year] {
                await question("the sheet of a \(kind)", at: node) {
                    _ = try await $0.service(RecognitionService.self).sheet(ReportingPeriod(kind, containing: now))
                }
                await question("the figures of a \(kind)", at: node) {
                    _ = try await $0.service(IndicatorsService.self).show(ReportingPeriod(kind, containing: now))
                }
            }
        }
    }

    private func question(
        _ name: String, at node: SimulatedNode, _ body: @escaping @Sendable (YilianNode) async throws -> Void
    ) async {
        do {
            let answered: Bool? = try await node.ask {
                try await body($0)
                return true
            }
            if answered == nil { shared.verdict.violation("stopped", "\(node.id) does not answer: \(name)") }
        } catch {
            shared.verdict.violation("stopped", "\(node.id) cannot say \(name): \(error)")
        }
    }
}
