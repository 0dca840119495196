import Effects
import Logging
import Regions
import ServiceKit
import Synchronization
import Trust

/// Which hospital system a bearer token belongs to.
///
/// Tokens stand in files of their own, which are read again when they change. What is compared are digests, all of them
/// and whole, so that the time an answer takes tells nothing about a token.
final class TokenBook: Sendable {
    struct Page: Sendable {
        var system: HospitalSystem
        var purpose: AccessStatement.Purpose?
        var path: String
    }

    private struct State {
        var digests: [[UInt8]?] = []
        var readAt: MonotonicTime?
    }

    private let pages: [Page]
    private let world: World
    private let logger: Logger
    private let state = Mutex(State())

    /// Reads all tokens.
    ///
    /// - Throws: `edge.unknownPurpose`, `edge.openToken` for a file that others may read, `edge.weakToken`,
    ///   `edge.sameToken`, `disk.…`.
    init(
        systems: [HospitalSystem], resolve: @Sendable (String) -> String, purposes: PurposeList = PurposeList(),
        world: World, logger: Logger
    ) throws {
        pages = try systems.map { system in
            Page(
                system: system, purpose: try Self.purpose(of: system, among: purposes), path: resolve(system.tokenFile))
        }
        self.world = world
        self.logger = logger
        let digests = try pages.map { try Self.read($0.path, disk: world.disk) }
        guard Set(digests).count == digests.count else {
            throw Failure(
                "edge.sameToken", "two hospital systems have the same token", remedy: "give each system its own")
        }
        state.withLock { $0 = State(digests: digests, readAt: world.time.monotonicTime) }
    }

    /// The system whose token this is; `nil` where it is nobody's.
    func page(token: String) -> Page? {
        let digests = current()
        let given = Suite.ed25519.digest(Array(token.utf8)).bytes
        var found: Page?
        for (page, digest) in zip(pages, digests) {
            guard let digest, digest.count == given.count else { continue }
            var difference: UInt8 = 0
            for (left, right) in zip(digest, given) { difference |= left ^ right }
            if difference == 0 { found = page }
        }
        return found
    }

    private func current() -> [[UInt8]?] {
        let now = world.time.monotonicTime
        let (digests, isDue) = state.withLock { state in
            let isDue = state.readAt.map { now.milliseconds(since: $0) >= Limits.tokenRereadMilliseconds } ?? true
            if isDue { state.readAt = now }
            return (state.digests, isDue)
        }
        guard isDue else { return digests }
        let fresh = pages.map { page -> [UInt8]? in
            do { return try Self.read(page.path, disk: world.disk) } catch {
                // A token that was taken away lets nobody in.
                logger.error(
                    "a token cannot be read; its system is shut out",
                    metadata: [
                        "system": "\(page.system.name)",
                        "code": "\((error as? Failure)?.code.rawValue ?? "disk.unreadable")",
                    ])
                return nil
            }
        }
        state.withLock { $0.digests = fresh }
        return fresh
    }

    /// - Throws: `edge.unknownPurpose`.
    static func purpose(of system: HospitalSystem, among purposes: PurposeList) throws -> AccessStatement.Purpose? {
        try system.purpose.map { word in
            guard let purpose = purposes.purpose(word) else {
                throw Failure(
                    "edge.unknownPurpose", "'\(word)' is not a purpose", place: system.name,
                    remedy: "write one of " + purposes.words.joined(separator: ", "))
            }
            return purpose
        }
    }

    /// The digest of the token in a file.
    ///
    /// - Throws: `edge.openToken`, `edge.weakToken`, `disk.…`.
    static func read(_ path: String, disk: any Disk) throws -> [UInt8] {
        guard try disk.mode(path) & 0o077 == 0 else {
            throw Failure(
                "edge.openToken", "others than the node's user may read the token", place: path,
                remedy: "chmod 600 \(path)")
        }
        let text = try disk.readText(path, limitBytes: Limits.tokenFileBytes)
        let token = text.filter { !$0.isWhitespace }
        guard token.utf8.count >= Limits.tokenBytesAtLeast else {
            throw Failure(
                "edge.weakToken", "the token is shorter than \(Limits.tokenBytesAtLeast) characters", place: path,
                remedy: "put a long random text into the file, for example of `openssl rand -hex 32`")
        }
        return Suite.ed25519.digest(Array(token.utf8)).bytes
    }
}
