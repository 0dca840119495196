import Couriers
import Effects
import NodeRuntime
import Regions
package import ServiceKit

/// What an operator asks of what waits for the neighbours.
package enum QueueEndpoints {
    /// Which batches go into a file.
    package struct ExportOrder: Codable, Sendable, Equatable {
        package var neighbour: String
        /// The printed form of one chain; none: every chain that waits for the neighbour.
        package var chain: String?
        /// The first sequence of that chain; none: the first that the neighbour has not acknowledged.
        package var from: UInt64?
        /// How many batches at most; none: as many as a file holds.
        package var count: UInt64?

        package init(neighbour: String, chain: String? = nil, from: UInt64? = nil, count: UInt64? = nil) {
            self.neighbour = neighbour
            self.chain = chain
            self.from = from
            self.count = count
        }
    }

    package static let list = Endpoint<NoQuestion, [QueueItemInfo]>(
        .get, "queue", summary: "What waits for the neighbours and for hospitals' systems, and why.", question: .none,
        answer: .json)

    package static let stuck = Endpoint<NoQuestion, StuckListing>(
        .get, "queue/show", summary: "What is refused, stopped, set aside or held, with the way out.",
        question: .none, answer: .json)

    package static let export = Endpoint<ExportOrder, [UInt8]>(
        .get, "queue/export", summary: "What waits for a neighbour as a file of sealed batches.", question: .query,
        answer: .file, failures: [.absent])

    package static let take = Endpoint<Upload<NoQuestion>, BatchImportInfo>(
        .post, "queue/import", summary: "Takes batches from a file, or the receipt of such a file.",
        question: .upload(limitBytes: Limits.importFileBytes), answer: .json, failures: [.forbidden, .conflict])

    static func endpoints(of setup: ConsoleSetup) -> [ServedEndpoint] {
        [
            list.serve { _ in
                let items = try await setup.node.queue.items(linkReason: setup.linkReason)
                let now = setup.now
                var waiting = items.map { QueueItemInfo($0, now: now) }
                for offer in setup.node.offers((any QueueOffer).self) {
                    waiting += try await offer.queues().map { QueueItemInfo($0, now: now) }
                }
                return waiting
            },
            stuck.serve { _ in try await StuckSearch(setup: setup).listing() },
            export.serve { order in
                try await BatchExporter(setup: setup).file(
                    for: try NodeID(order.neighbour), chain: order.chain, from: order.from, count: order.count
                ).bytes()
            },
            take.serve { try await BatchImporter(setup: setup).take($0.bytes) },
        ]
    }
}

extension QueueItemInfo {
    init(_ queue: OfferedQueue, now: WallTime) {
        self.init(
            neighbour: queue.receiver, chain: queue.what, batches: 0, entries: queue.count, bytes: queue.bytes,
            oldest: queue.oldest?.description,
            oldestAgeSeconds: queue.oldest.map { max(0, now.milliseconds(since: $0) / 1000) }, reason: queue.reason)
    }

    init(_ item: CourierQueue.Item, now: WallTime) {
        self.init(
            neighbour: item.neighbour.rawValue, chain: item.content.description, batches: item.batches,
            entries: item.entries, bytes: item.bytes, oldest: item.oldest?.description,
            oldestAgeSeconds: item.oldest.map { max(0, now.milliseconds(since: $0) / 1000) }, reason: item.reason)
    }
}
