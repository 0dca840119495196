package import ConsoleKit
package import Effects
import Synchronization
import Trust

/// A person at a browser, from the password to the end.
package struct Session: Sendable {
    /// What lists call it; it opens nothing.
    package let id: String
    package internal(set) var visitor: Visitor
    /// What is still asked; a session is whole with ``SignInStep/done``.
    package internal(set) var step: SignInStep
    package let startedAt: WallTime
    package internal(set) var seenAt: WallTime
    package let address: String
    package let memory: VisitMemory
    let started: MonotonicTime
    var seen: MonotonicTime

    package var isWhole: Bool { step == .done }
}

/// The sessions of a node, in its memory alone: a restart ends them all, and nothing that opens one lies on a disk.
package final class SessionBoard: Sendable {
    private let world: World
    private let sessions = Mutex<[Digest: Session]>([:])

    init(world: World) {
        self.world = world
    }

    /// Begins one.
    ///
    /// The oldest of the same account, or of all, makes room.
    ///
    /// - Returns: the secret that the browser keeps.
    package func begin(_ visitor: Visitor, step: SignInStep, address: String) -> String {
        let secret = Hex.text(world.random.bytes(32))
        let (now, monotonic) = (world.time.wallTime, world.time.monotonicTime)
        let session = Session(
            id: world.identifier(), visitor: visitor, step: step, startedAt: now, seenAt: now, address: address,
            memory: VisitMemory(), started: monotonic, seen: monotonic)
        sessions.withLock { sessions in
            sessions = sessions.filter { Self.isAlive($0.value, at: monotonic) }
            while sessions.count(where: { $0.value.visitor.account == visitor.account }) >= Limits.sessionsPerAccount {
                Self.drop(&sessions) { $0.visitor.account == visitor.account }
            }
            while sessions.count >= Limits.sessions { Self.drop(&sessions) { _ in true } }
            sessions[Self.key(secret)] = session
        }
        return secret
    }

    private static func drop(_ sessions: inout [Digest: Session], _ fits: (Session) -> Bool) {
        let oldest = sessions.filter { fits($0.value) }.min { $0.value.seen < $1.value.seen }
        if let oldest { sessions[oldest.key] = nil }
    }

    /// The session of a secret, as seen now; nil where it has ended.
    package func session(_ secret: String) -> Session? {
        let key = Self.key(secret)
        let (now, monotonic) = (world.time.wallTime, world.time.monotonicTime)
        return sessions.withLock { sessions in
            guard var session = sessions[key] else { return nil }
            guard Self.isAlive(session, at: monotonic) else {
                sessions[key] = nil
                return nil
            }
            session.seen = monotonic
            session.seenAt = now
            sessions[key] = session
            return session
        }
    }

    /// The session of a secret for what looks by itself: it keeps no session alive.
    package func standing(_ secret: String) -> Session? {
        let monotonic = world.time.monotonicTime
        return sessions.withLock { $0[Self.key(secret)] }.flatMap { Self.isAlive($0, at: monotonic) ? $0 : nil }
    }

    /// The same session goes on under another secret, further than before: who knew the old one knows nothing.
    ///
    /// - Returns: the new secret; nil where the session has ended.
    package func advance(_ secret: String, to step: SignInStep) -> String? {
        let fresh = Hex.text(world.random.bytes(32))
        let monotonic = world.time.monotonicTime
        return sessions.withLock { sessions in
            guard let old = sessions.removeValue(forKey: Self.key(secret)), Self.isAlive(old, at: monotonic) else {
                return nil
            }
            // The time of a whole session begins with it.
            let begins = step == .done && old.step != .done
            sessions[Self.key(fresh)] = Session(
                id: old.id, visitor: old.visitor, step: step, startedAt: begins ? world.time.wallTime : old.startedAt,
                seenAt: world.time.wallTime, address: old.address, memory: old.memory,
                started: begins ? monotonic : old.started, seen: monotonic)
            return fresh
        }
    }

    /// Ends the session of a secret.
    package func end(_ secret: String) { sessions.withLock { $0[Self.key(secret)] = nil } }

    /// Ends one of an account's sessions by what lists call it.
    ///
    /// - Returns: whether there was one.
    package func end(id: String, of account: String) -> Bool {
        sessions.withLock { sessions in
            guard let key = sessions.first(where: { $0.value.id == id && $0.value.visitor.account == account })?.key
            else { return false }
            sessions[key] = nil
            return true
        }
    }

    package func endAll(of account: String) {
        sessions.withLock { $0 = $0.filter { $0.value.visitor.account != account } }
    }

    /// An account's whole sessions, the last seen first.
    package func all(of account: String) -> [Session] {
        let now = world.time.monotonicTime
        return sessions.withLock { $0.values.filter { $0.visitor.account == account && $0.isWhole } }
            .filter { Self.isAlive($0, at: now) }.sorted { $0.seen > $1.seen }
    }

    package var count: Int { sessions.withLock { $0.count } }

    private static func isAlive(_ session: Session, at now: MonotonicTime) -> Bool {
        guard session.isWhole else {
            return now.milliseconds(since: session.started) < Limits.halfSessionMilliseconds
        }
        return now.milliseconds(since: session.seen) < Limits.sessionIdleMilliseconds
            && now.milliseconds(since: session.started) < Limits.sessionMilliseconds
    }

    /// Only digests stand in memory: who reads it cannot sign in with what is there.
    private static func key(_ secret: String) -> Digest {
        Suite.ed25519.digest(Array("session\u{0}\(secret)".utf8))
    }

    /// What stands in every form of somebody who holds a secret; who does not hold it cannot make it.
    package static func formToken(_ secret: String) -> String {
        Suite.ed25519.digest(Array("form\u{0}\(secret)".utf8)).hex
    }
}
