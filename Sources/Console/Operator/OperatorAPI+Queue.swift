import Couriers
import Effects
import Foundation
import Hummingbird
import Ledgers
import NodeRuntime
import Regions
import ServiceKit
import Wire

extension OperatorAPI {
    func addQueue(to routes: Routes) {
        routes.get("queue") { _, _ in
            let items = try await setup.node.queue.items(linkReason: setup.linkReason)
            let now = setup.now
            return try ConsoleAnswer.json(items.map { QueueItemInfo($0, now: now) })
        }
        routes.get("queue/show") { _, _ in try ConsoleAnswer.json(try await StuckSearch(setup: setup).listing()) }
        routes.get("queue/export") { request, _ in
            let exporter = BatchExporter(setup: setup)
            let receiver = try NodeID(try request.required("neighbour"))
            let chain = request.parameter("chain")
            let from = try request.number("from")
            let count = try request.number("count")
            return ConsoleAnswer.file(
                try await exporter.file(for: receiver, chain: chain, from: from, count: count).bytes())
        }
        routes.post("queue/import") { request, _ in
            let bytes = try await request.bytes(limitBytes: Limits.importFileBytes)
            return try ConsoleAnswer.json(try await BatchImporter(setup: setup).take(bytes))
        }
    }
}

extension QueueItemInfo {
    init(_ item: CourierQueue.Item, now: WallTime) {
        self.init(
            neighbour: item.neighbour.rawValue, chain: item.content.description, batches: item.batches,
            entries: item.entries, bytes: item.bytes, oldest: item.oldest?.description,
            oldestAgeSeconds: item.oldest.map { max(0, now.milliseconds(since: $0) / 1000) }, reason: item.reason)
    }
}
