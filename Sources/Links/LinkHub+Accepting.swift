import Doors
import Effects
import Logging
import Regions
import Synchronization

extension LinkHub {
    /// Accepts connections until the listener closes; the ``Door`` says how many.
    func accept(from listener: any LinkListener) async {
        await withDiscardingTaskGroup { group in
            var backoff = Backoff()
            while !Task.isCancelled {
                do {
                    guard let connection = try await listener.accept() else { break }
                    backoff.reset()
                    guard let permit = connection.permit ?? door.admit(from: connection.remoteAddress) else {
                        connection.close(sending: [])
                        continue
                    }
                    group.addTask { await self.serve(accepted: connection, permit) }
                } catch {
                    logger.error("accepting a link failed", metadata: ["reason": "\(LinkEnding(of: error))"])
                    // Who cannot sleep has been cancelled, or its process has ended.
                    let pause = backoff.nextMilliseconds(world.random)
                    guard (try? await world.time.sleep(milliseconds: pause)) != nil else { break }
                }
            }
            listener.close()
            group.cancelAll()
        }
    }

    private func serve(accepted connection: any LinkConnection, _ permit: DoorPermit) async {
        permit.onEviction { [weak connection] in connection?.close(sending: []) }
        let proved = Mutex<NodeID?>(nil)
        do {
            let outcome = try await LinkHandshake(policy: policy, world: world).run(connection, .listener) { node in
                proved.withLock { $0 = node }
                try permit.identify(node.rawValue)
                if self.policy.pause(node) != nil { throw LinkPause.ending }
            }
            try permit.establish()
            await serve(outcome, connection)
            withExtendedLifetime(permit) {}
        } catch {
            connection.close(sending: [])
            let ending = LinkEnding(of: permit.isEvicted ? DoorRefusal.madeRoom : error)
            let node = proved.withLock { $0 }
            refused(ending, address: connection.remoteAddress, node: node)
            if let node { note(node, nil, error: ending) }
        }
    }

    /// Gives back the memory that a wave of strangers took; until the task is cancelled.
    ///
    /// A while later: a connection leaves its place before all that it held is freed, and a transport may keep it for its
    /// last words.
    func tidyUp() async {
        while !Task.isCancelled {
            await quiet.wait()
            do { try await world.time.sleep(milliseconds: Self.settleMilliseconds) } catch { return }
            ProcessMemory.giveBack()
        }
    }

    private static let settleMilliseconds: Int64 = 3_000

    /// Tells of somebody who was not let in.
    func refused(_ ending: LinkEnding, address: String, node: NodeID?) {
        refusals.note(ending, address: address, node: node)
        emit(.refused(ending, address: address, node: node))
    }
}

/// Counts whom a node refused a link, and writes it to the log as often as somebody can read it.
final class LinkRefusals: Sendable {
    private let log: RefusalLog

    init(logger: Logger, time: any TimeSource) {
        log = RefusalLog("a link was refused", logger: logger, time: time)
    }

    var counts: [String: Int] { log.counts }

    func note(_ ending: LinkEnding, address: String, node: NodeID?) {
        // The same address comes from another port each time.
        let host = (try? LinkAddress(address))?.host ?? address
        log.note(
            RefusalLog.Refusal(
                ending.reason.label, address: node.map { "\(host) (\($0))" } ?? host,
                metadata: [
                    "reason": "\(ending.reason)", "detail": "\(ending)", "peer": "\(node?.rawValue ?? "unknown")",
                ]))
    }
}
