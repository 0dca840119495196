package import Effects
import Logging
import Regions
import Wire

extension LinkHub {
    /// Keeps a link to the parent: dials, serves the link while it lasts, waits a growing while, dials again.
    func dialParent() async {
        var backoff = Backoff()
        var attempt = 0
        var lastParent: LinkPolicy.Parent?
        var outage = LinkOutage()
        while !Task.isCancelled {
            guard let parent = policy.parent(), !parent.addresses.isEmpty, policy.pause(parent.node) == nil else {
                await dialling.wait()
                continue
            }
            if parent != lastParent {
                lastParent = parent
                backoff.reset()
                attempt = 0
            }
            let began = world.time.monotonicTime
            let wasUp = await dial(
                parent, address: parent.addresses[attempt % parent.addresses.count], outage: &outage)
            if wasUp, world.time.monotonicTime.milliseconds(since: began) >= Limits.heartbeatMilliseconds {
                backoff.reset()
            }
            attempt = wasUp ? attempt : attempt &+ 1
            guard !Task.isCancelled else { break }
            note(parent.node, .waiting)
            let wait = backoff.nextMilliseconds(world.random)
            await dialling.wait(until: world.time.monotonicTime.advanced(byMilliseconds: wait), world.time)
        }
    }

    /// One attempt, and the link that comes of it.
    ///
    /// - Returns: whether there was a link.
    private func dial(_ parent: LinkPolicy.Parent, address: LinkAddress, outage: inout LinkOutage) async -> Bool {
        note(parent.node, .connecting)
        do {
            let connection = try await transport.connect(to: address)
            let outcome = try await LinkHandshake(policy: policy, world: world).run(
                connection, .dialler, dialledNode: parent.node, onIdentity: { _ in })
            outage = LinkOutage()
            await serve(outcome, connection)
            return true
        } catch {
            guard !Task.isCancelled else { return false }
            let ending = LinkEnding(of: error)
            note(parent.node, nil, error: ending)
            logger.log(
                level: outage.isNews("\(ending)", at: world.time.monotonicTime) ? .warning : .debug,
                "the parent was not reached",
                metadata: [
                    "peer": "\(parent.node)", "address": "\(address)", "reason": "\(ending)",
                    "attempts": "\(outage.attempts)",
                ])
            emit(.refused(ending, address: address.description, node: parent.node))
            return false
        }
    }
}

/// How long to wait before the next attempt: doubling up to a cap, with jitter over the upper half.
package struct Backoff: Sendable {
    private let firstMilliseconds: Int64
    private let capMilliseconds: Int64
    private var attempts = 0

    package init(
        firstMilliseconds: Int64 = Limits.reconnectFirstMilliseconds,
        capMilliseconds: Int64 = Limits.reconnectCapMilliseconds
    ) {
        self.firstMilliseconds = max(1, firstMilliseconds)
        self.capMilliseconds = max(1, capMilliseconds)
    }

    package mutating func reset() {
        attempts = 0
    }

    /// The next wait; between half of the doubled value and the whole of it.
    package mutating func nextMilliseconds(_ random: any RandomSource) -> Int64 {
        let doubled = attempts < 32 ? firstMilliseconds.multipliedReportingOverflow(by: 1 << attempts) : (0, true)
        let whole = doubled.1 ? capMilliseconds : min(doubled.0, capMilliseconds)
        attempts = min(attempts + 1, 32)
        let half = whole / 2
        return half + Int64(random.number(below: UInt64(whole - half + 1)))
    }
}
