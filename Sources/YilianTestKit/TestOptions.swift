package import EdgeKit
import Effects
import NodeRuntime
package import ServiceKit
package import Storage
import Trust

/// How a test region is made.
public struct TestOptions: Sendable {
    /// What links run on.
    public enum LinkKind: String, Sendable, CaseIterable {
        /// Within the process, without sockets: fast, and every fault can be made.
        case memory
        /// Mutual TLS 1.3 over loopback, with certificates issued on the spot.
        case tls
    }

    /// The signing and digest functions of the region.
    public enum Signatures: String, Sendable, CaseIterable {
        /// Ed25519 and SHA-256.
        case ed25519
        /// SM2 and SM3; needs a libcrypto that has them.
        case sm2
    }

    /// What `YILIAN_TEST_FOLDER` names, or `/tmp`: in a file system that lies in memory nobody waits for a disk.
    public static let usualFolder = ProcessImage.environment("YILIAN_TEST_FOLDER") ?? "/tmp"

    /// Which clock the nodes read.
    public enum Clock: Sendable {
        /// The machine's.
        case system
        /// One that stands still until the test lets it pass; see ``TestClock``.
        case manual
    }

    /// What links run on.
    public var links: LinkKind
    /// What seals and digests are made with.
    public var signatures: Signatures
    /// Which clock the nodes read.
    public var clock: Clock
    /// The folder in which the region's own folder is made; ``usualFolder`` where no other is named.
    public var parentFolder: String
    /// Leaves the region's folder where it is; otherwise it is removed at the end.
    public var keepsFolder: Bool
    /// Makes ids, keys and jitter the same in every run; for the machine's own randomness leave it out.
    public var seed: UInt64?
    /// What the region agrees on about its services: catalogue, rosters, service levels, indicators; nothing where none
    /// is given.
    public var sections: TestSections?
    /// The services of every node.
    package var services: [any NodeService.Type] = ServiceList.all
    /// Gives a node the store that it works with, for tests that look at its statements.
    package var storing: @Sendable (_ node: String, any Store) -> any Store = { _, store in store }
    /// What every node answers to hospitals' systems.
    package var handlers: [any HospitalHandlers.Type] = ServiceList.handlers

    /// Links in memory, Ed25519 and the machine's clock, where nothing else is said.
    public init(
        links: LinkKind = .memory, signatures: Signatures = .ed25519, clock: Clock = .system,
        parentFolder: String = TestOptions.usualFolder, keepsFolder: Bool = false, seed: UInt64? = nil,
        sections: TestSections? = nil
    ) {
        self.links = links
        self.signatures = signatures
        self.clock = clock
        self.parentFolder = parentFolder
        self.keepsFolder = keepsFolder
        self.seed = seed
        self.sections = sections
    }

    var suite: Suite {
        switch signatures {
        case .ed25519: .ed25519
        case .sm2: .sm2
        }
    }

    var random: any RandomSource { seed.map { SeededRandom(seed: $0) } ?? SystemRandom() }
}
