import Effects
import NodeRuntime
import Regions
package import ServiceKit

/// What an operator asks of the region's configuration at a node.
package enum RegionEndpoints {
    package static let show = Endpoint<NoQuestion, RegionInfo>(
        .get, "region", summary: "The configuration in force, and the one that waits for its time.", question: .none,
        answer: .json)

    package static let changes = Endpoint<NoQuestion, RegionChangesInfo>(
        .get, "region/changes", summary: "What the configuration in force changed, and what the one that waits will.",
        question: .none, answer: .json)

    package static let outlook = Endpoint<NoQuestion, RegionOutlookInfo>(
        .get, "region/nodes", summary: "How this node and every node below it is, as far as it is known here.",
        question: .none, answer: .json)

    /// The newest: what a publication must not fall behind.
    package static let file = Endpoint<NoQuestion, [UInt8]>(
        .get, "region/file", summary: "The newest configuration as the signed file that it came in.", question: .none,
        answer: .file)

    /// Whoever carries the question: only the region's root key can ask it, and only who asked can read the answer.
    package static let secret = Endpoint<PatientKeyRecovery, PatientKeyRecovery.Answer>(
        .post, "region/secret", summary: "Gives a patient key secret to whoever holds the region's root key.",
        question: .json, answer: .json, failures: [.forbidden, .absent])

    /// The dispatcher writes it into its ledger for everybody; any other node takes it for itself and offers it on.
    package static let publish = Endpoint<Upload<NoQuestion>, RegionAcceptance>(
        .post, "region", summary: "Takes a signed configuration.",
        question: .upload(limitBytes: Limits.configurationFileBytes), answer: .json, failures: [.conflict])

    static func endpoints(of setup: ConsoleSetup) -> [ServedEndpoint] {
        let registry = setup.node.setup.region
        return [
            show.serve { _ in
                RegionInfo(
                    registry.current, acceptedAt: registry.acceptedAt, waiting: registry.waiting, now: setup.now)
            },
            changes.serve { _ in try await RegionChangesInfo.of(setup) },
            outlook.serve { _ in try await RegionOutlookInfo.of(setup) },
            file.serve { _ in try registry.newest.wireBytes() },
            secret.serve { try setup.node.context.patientKeys.answer($0) },
            publish.serve { file in
                let before = registry.newestVersion
                let version = try await setup.node.regionKeeper.publish(file.bytes)
                return RegionAcceptance(version: version, wasNew: version > before)
            },
        ]
    }
}
