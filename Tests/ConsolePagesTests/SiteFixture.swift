import Accounts
import ConsoleKit
import Console
import ConsolePages
import Effects
import Foundation
import Logging
import SQLiteStorage
import ServiceKit
import Trust

/// A console over samples, with accounts in a database of their own and a clock that a test moves.
final class SiteFixture: Sendable {
    let time = ManualTime(wallTime: WallTime(milliseconds: 1_796_000_000_000))
    let book: AccountBook
    let site: ConsoleSite
    let world: World
    private let folder: String

    static let password = "Stone-bridge 7"

    init(
        _ sample: SampleNode = SampleNode(), services: [any ServicePages.Type] = [], asked: [ServedEndpoint] = [],
        allowsLinks: Bool = false, directory: (any PersonDirectory)? = nil
    ) async throws {
        world = World(
            time: time, random: SeededRandom(seed: 5), disk: SystemDisk(), makeWorker: { _ in InlineWorker() })
        folder = "/tmp/yilian-site-\(SystemRandom().next())"
        try SystemDisk().createDirectory(folder, mode: 0o700)
        let store = try SQLiteStore(path: folder + "/s.sqlite", world: .system, onBroken: { _ in })
        let book = try await AccountBook.open(
            store: store, world: world, cost: .init(logN: 2, blocks: 8, lanes: 1), allowsLinks: allowsLinks)
        self.book = book
        let face = NodeFace(id: "pingding", name: sample.text, tier: "county", release: "1")
        site = ConsoleSite(
            node: { face }, accounts: book, directory: directory, endpoints: sample.endpoints(book) + asked,
            services: services,
            catalogue: .console,
            translating: { sentence, language in language == .chinese ? "（\(sentence)）" : sentence },
            world: world, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    deinit {
        // A folder that stays behind in /tmp fails no test.
        try? SystemDisk().remove(folder)
    }

    /// An account with its password and its device.
    func account(_ name: String, _ roles: Set<ConsoleRole>, person: String = "周示例") async throws -> OneTimePassword {
        let isPractitioner = roles.contains { $0.isPractitioner }
        _ = try await book.create(
            name, person: person, roles: roles, practitioner: isPractitioner ? "dr-\(name)" : nil,
            unit: isPractitioner ? "u1" : nil, by: "test")
        try await book.changePassword(of: name, to: Self.password, address: "")
        let device = OneTimePassword(random: world.random)
        _ = try await book.bindDevice(
            device, code: device.code(step: OneTimePassword.step(at: time.wallTime) - 1), to: name, address: "")
        return device
    }

    /// A browser in which somebody of these roles has signed in.
    func browser(_ roles: Set<ConsoleRole>, name: String = "zhou", person: String = "周示例") async throws -> Browser {
        try await signIn(name, try await account(name, roles, person: person))
    }

    /// A browser in which somebody has signed in who has an account.
    func signIn(_ name: String, _ device: OneTimePassword) async throws -> Browser {
        let browser = Browser(self)
        try await browser.get("/sign-in")
        try await browser.post("/sign-in", ["user": name, "pass": Self.password])
        try await browser.post("/sign-in/code", ["code": device.code(step: OneTimePassword.step(at: time.wallTime))])
        return browser
    }
}
