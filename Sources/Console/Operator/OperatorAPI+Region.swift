import Effects
import Hummingbird
import Ledgers
import NodeRuntime
import Regions
import ServiceKit

extension OperatorAPI {
    func addRegion(to routes: Routes) {
        routes.get("region") { _, _ in
            let registry = setup.node.setup.region
            return try ConsoleAnswer.json(
                RegionInfo(
                    registry.current, acceptedAt: registry.acceptedAt, waiting: registry.waiting, now: setup.now))
        }
        routes.get("region/file") { _, _ in
            // The newest: what a publication must not fall behind.
            ConsoleAnswer.file(try setup.node.setup.region.newest.wireBytes())
        }
        // Whoever carries the question: only the region's root key can ask it, and only who asked can read the answer.
        routes.post("region/secret") { request, _ in
            let asked = try await request.json(PatientKeyRecovery.self)
            return try ConsoleAnswer.json(try setup.node.context.patientKeys.answer(asked))
        }
        // The dispatcher writes it into its ledger for everybody; any other node takes it for itself and offers it on.
        routes.post("region") { request, _ in
            let bytes = try await request.bytes(limitBytes: Limits.configurationFileBytes)
            let before = setup.node.setup.region.newestVersion
            let version = try await setup.node.regionKeeper.publish(bytes)
            return try ConsoleAnswer.json(RegionAcceptance(version: version, wasNew: version > before))
        }
    }
}
