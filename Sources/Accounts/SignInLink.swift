package import Effects
import Synchronization
import Trust

/// Links that sign somebody in once without a password and a code, for showing a region on one's own machine.
///
/// A node makes them only where its file says so (`console.oneTimeLinks`), and only for whoever may open its socket or
/// holds its operator's token; that person could make a new first password as well. They lie in memory alone.
final class SignInLinks: Sendable {
    private struct Link {
        var account: String
        var until: MonotonicTime
    }

    private let world: World
    private let isAllowed: Bool
    private let links = Mutex<[Digest: Link]>([:])

    init(world: World, isAllowed: Bool) {
        self.world = world
        self.isAllowed = isAllowed
    }

    /// - Returns: what opens the account once.
    /// - Throws: `account.noLinks`.
    func make(for account: String) throws -> String {
        guard isAllowed else {
            throw Failure(
                "account.noLinks", "this node makes no links that sign in",
                remedy: "make a first password, or write 'oneTimeLinks: true' under 'console' where nothing is real")
        }
        let ticket = Hex.text(world.random.bytes(32))
        let now = world.time.monotonicTime
        links.withLock { links in
            links = links.filter { $0.value.until > now }
            if links.count >= Limits.signInLinks, let oldest = links.min(by: { $0.value.until < $1.value.until }) {
                links[oldest.key] = nil
            }
            let until = now.advanced(byMilliseconds: Limits.signInLinkMilliseconds)
            links[Self.key(ticket)] = Link(account: account, until: until)
        }
        return ticket
    }

    /// Whose it is, as long as it holds; it holds on.
    func account(of ticket: String) -> String? {
        let now = world.time.monotonicTime
        return links.withLock { $0[Self.key(ticket)] }.flatMap { $0.until > now ? $0.account : nil }
    }

    /// Whose it is, for the last time.
    func take(_ ticket: String) -> String? {
        let account = account(of: ticket)
        links.withLock { $0[Self.key(ticket)] = nil }
        return account
    }

    private static func key(_ ticket: String) -> Digest { Suite.ed25519.digest(Array("link\u{0}\(ticket)".utf8)) }
}

extension AccountBook {
    /// A link that signs somebody in once, and until when it holds.
    ///
    /// - Throws: `account.noLinks`, `account.absent`, `account.directory`.
    package func link(for name: String) async throws -> (ticket: String, until: WallTime) {
        let account = try await store.read { try AccountTable.neededHere(name, in: $0).account }
        return (try links.make(for: account.name), now.advanced(byMilliseconds: Limits.signInLinkMilliseconds))
    }

    /// Whom a link would sign in.
    package func visitor(by ticket: String) async throws -> Account? {
        guard let name = links.account(of: ticket) else { return nil }
        return try await account(name).flatMap { $0.disabledAt == nil ? $0 : nil }
    }

    /// Signs in by a link, which is gone with it.
    ///
    /// - Returns: the secret that the browser keeps; nil where the link holds no more.
    package func signIn(by ticket: String, address: String) async throws -> String? {
        guard let account = try await visitor(by: ticket), links.take(ticket) != nil else { return nil }
        let event = event(.signedIn, account.name, by: AccountEndpoints.nodeUser, address: address)
        try await write({ _ in [event] }) { _ in }
        return sessions.begin(account.visitor, step: .done, address: address)
    }
}
