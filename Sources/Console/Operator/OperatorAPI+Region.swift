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
                RegionInfo(registry.current, acceptedAt: registry.acceptedAt, now: setup.now))
        }
        routes.get("region/file") { _, _ in
            ConsoleAnswer.file(try setup.node.setup.region.signed.wireBytes())
        }
        // The dispatcher writes it into its ledger for everybody; any other node takes it for itself and offers it on.
        routes.post("region") { request, _ in
            let bytes = try await request.bytes(limitBytes: Limits.configurationFileBytes)
            let before = setup.region.version
            let version = try await setup.node.regionKeeper.publish(bytes)
            return try ConsoleAnswer.json(RegionAcceptance(version: version, wasNew: version > before))
        }
    }
}
