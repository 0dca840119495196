import Couriers
import Effects
import Ledgers
import NodeRuntime
import Regions
package import ServiceKit

/// What an operator asks of the node itself.
package enum NodeEndpoints {
    /// From which level on the node is to log, until its file is read again.
    package struct LogOrder: Codable, Sendable, Equatable {
        package var level: String

        package init(level: String) { self.level = level }
    }

    /// One entry by its id.
    package struct EntryQuestion: Codable, Sendable, Equatable {
        package var entry: String

        package init(entry: String) { self.entry = entry }
    }

    package static let status = Endpoint<NoQuestion, NodeInfo>(
        .get, "node", summary: "The node: its links, its ledger, what an operator should look at.", question: .none,
        answer: .json)

    package static let logLevel = Endpoint<NoQuestion, LogInfo>(
        .get, "log", summary: "From which level on the node logs.", question: .none, answer: .json)

    package static let setLogLevel = Endpoint<LogOrder, LogInfo>(
        .post, "log", summary: "Changes the level of the log until the node's file is read again.", question: .query,
        answer: .json)

    package static let peers = Endpoint<NoQuestion, [PeerInfo]>(
        .get, "peers", summary: "The neighbours and their links.", question: .none, answer: .json)

    package static let trace = Endpoint<EntryQuestion, [TraceHopInfo]>(
        .get, "trace", summary: "Where on its way an entry lies.", question: .query, answer: .json, failures: [.absent])

    package static let openAPI = Endpoint<NoQuestion, AnyJSON>(
        .get, "openapi.json", summary: "This document.", question: .none, answer: .json)

    static func endpoints(of setup: ConsoleSetup) -> [ServedEndpoint] {
        [
            status.serve { _ in try await NodeInfo.of(setup) },
            logLevel.serve { _ in LogInfo(level: setup.log.level()) },
            setLogLevel.serve { order in
                let before = setup.log.level()
                try setup.log.setLevel(order.level)
                let level = setup.log.level()
                // At a level that every node writes: who reads the log later must know why it says more or less.
                setup.node.setup.logger.warning(
                    "the level of the log was changed", metadata: ["from": "\(before)", "to": "\(level)"])
                return LogInfo(level: level)
            },
            peers.serve { _ in PeerInfo.all(setup) },
            trace.serve { question in
                let trace = Trace(
                    ledger: setup.node.context.ledger, region: setup.node.setup.region, world: setup.world,
                    system: setup.node.context.system)
                return try await trace.hops(of: try EntryID(question.entry)).map(TraceHopInfo.init)
            },
        ]
    }
}
