package import Effects

package import Storage
import Synchronization
package import Trust

/// The accounts of one node: who there is, whether a password or a code is right, and what happened.
///
/// A password is tried by one thread, one after the other: whatever comes from outside, no more than one digest's memory is
/// taken (``Trust/PasswordDigest/Cost/memoryBytes``), and whoever comes while ``Effects/Limits/signInsWaiting`` wait is
/// asked to come again.
package final class AccountBook: Sendable {
    let store: any Store
    let world: World
    package let sessions: SessionBoard
    let links: SignInLinks
    private let cost: PasswordDigest.Cost
    private let worker: any Worker
    private let waiting = Mutex(0)
    private let strangers = Mutex(StrangerCounts())
    /// Tried where there is no such account, so that the time does not tell.
    private let decoy: PasswordDigest

    /// Brings the tables up to date.
    ///
    /// - Parameter allowsLinks: whether links may be made that sign in once; see `console.oneTimeLinks`.
    package static func open(
        store: any Store, world: World, cost: PasswordDigest.Cost = .standard, allowsLinks: Bool = false
    ) async throws -> AccountBook {
        try await store.migrate(AccountTable.migrations)
        let worker = world.makeWorker("accounts")
        let random = world.random
        let decoy = try await worker.run { try PasswordDigest(of: "", cost: cost, random: random) }
        return AccountBook(
            store: store, world: world, cost: cost, worker: worker, decoy: decoy,
            links: SignInLinks(world: world, isAllowed: allowsLinks))
    }

    private init(
        store: any Store, world: World, cost: PasswordDigest.Cost, worker: any Worker, decoy: PasswordDigest,
        links: SignInLinks
    ) {
        self.store = store
        self.world = world
        self.cost = cost
        self.worker = worker
        self.decoy = decoy
        self.links = links
        sessions = SessionBoard(world: world)
    }

    var now: WallTime { world.time.wallTime }

    package func all() async throws -> [Account] {
        try await store.read { try AccountTable.all(in: $0) }
    }

    package func account(_ name: String) async throws -> Account? {
        try await store.read { try AccountTable.row(name, in: $0)?.account }
    }

    /// What happened, the newest first.
    package func events(before: WallTime? = nil, limit: Int = Limits.accountEventsShown) async throws -> [AccountEvent]
    {
        let limit = min(max(1, limit), Limits.accountEventsShown)
        return try await store.read {
            try AccountEvent.newest(before: before ?? WallTime(milliseconds: .max), limit: limit, in: $0)
        }
    }

    /// Runs something that costs a password's digest, one at a time.
    ///
    /// - Throws: `account.busy` where too many wait already.
    func digesting<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        let isTaken = waiting.withLock { count in
            guard count < Limits.signInsWaiting else { return false }
            count += 1
            return true
        }
        guard isTaken else {
            throw Failure("account.busy", "many people sign in at this moment", remedy: "try again in a few seconds")
        }
        defer { waiting.withLock { $0 -= 1 } }
        return try await worker.run(body)
    }

    func digest(of password: String) async throws -> String {
        let (cost, random) = (cost, world.random)
        let text = PasswordRule.normalised(password)
        return try await digesting { try PasswordDigest(of: text, cost: cost, random: random).text }
    }

    func strangerFailed(_ name: String) -> SignInRefusal { strangers.withLock { $0.fail(name, at: now) } }

    func strangerLock(_ name: String) -> WallTime? { strangers.withLock { $0.lock(name, at: now) } }

    var decoyDigest: PasswordDigest { decoy }

    /// Writes something down with the event that tells of it.
    @discardableResult
    func write<Value: Sendable>(
        _ events: @escaping @Sendable (Value) -> [AccountEvent],
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        let world = world
        return try await store.write { sql in
            let value = try body(sql)
            for event in events(value) { try event.write(in: sql) }
            try AccountEvent.prune(at: world.time.wallTime, in: sql)
            return value
        }
    }

    func event(
        _ action: AccountEvent.Action, _ account: String, by actor: String, address: String = ""
    ) -> AccountEvent {
        AccountEvent(action, account, by: actor, at: now, address: address)
    }
}
