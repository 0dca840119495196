import Edge
import Effects
import Hummingbird
import NodeRuntime

/// Health on a port of its own, plain HTTP, for probes and for Prometheus; it tells nothing about any person.
///
/// It answers also when every other listener is full and the process has hardly a descriptor left: its door has no house.
///
/// `/healthz`: 200 while the process answers. `/readyz`: 200 where keys, disk and deliveries are sound, 503 with a reason
/// for each that is not. `/peers`: the links as JSON. `/metrics`: Prometheus' text format.
package struct HealthServer: Sendable {
    private let setup: ConsoleSetup
    private let probe: ReadinessProbe
    package let listener: HTTPListener

    /// What `/readyz` answers.
    package struct Readiness: Codable, Sendable, Equatable {
        package var ready: Bool
        package var checks: [ReadinessProbe.Check]
    }

    package init(_ setup: ConsoleSetup, probe: ReadinessProbe, host: String, port: Int) {
        self.setup = setup
        self.probe = probe
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: ProblemMiddleware(world: setup.world, logger: setup.node.setup.logger))
        router.get("healthz") { _, _ in ConsoleAnswer.text("ok\n") }
        router.get("readyz") { _, _ in
            let checks = await probe.checks()
            let isReady = checks.allSatisfy(\.isSound)
            return try ConsoleAnswer.json(
                Readiness(ready: isReady, checks: checks), status: isReady ? .ok : .serviceUnavailable)
        }
        router.get("peers") { _, _ in try ConsoleAnswer.json(PeerInfo.all(setup)) }
        router.get("metrics") { _, _ in
            ConsoleAnswer.text(
                try await NodeMetrics(setup: setup).text(), type: "text/plain; version=0.0.4; charset=utf-8")
        }
        listener = HTTPListener(
            .plain(host: host, port: port), door: setup.doors.door("health", .health, house: nil),
            logger: setup.node.setup.logger, router: router)
    }
}
