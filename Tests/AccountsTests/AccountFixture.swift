import Accounts
import ConsoleKit
import Effects
import SQLiteStorage
import Storage
import Trust

/// Accounts in a database of their own, with a clock that stands until a test moves it.
final class AccountFixture: Sendable {
    let time = ManualTime(wallTime: WallTime(milliseconds: 1_796_000_000_000))
    let world: World
    let folder: String
    let store: any Store
    let book: AccountBook

    static let password = "Stone-bridge 7"

    init(allowsLinks: Bool = false) async throws {
        let time = time
        world = World(
            time: time, random: SeededRandom(seed: 11), disk: SystemDisk(), makeWorker: { _ in InlineWorker() })
        folder = "/tmp/yilian-accounts-\(SystemRandom().next())"
        try SystemDisk().createDirectory(folder, mode: 0o700)
        store = try SQLiteStore(path: folder + "/s.sqlite", world: .system, onBroken: { _ in })
        book = try await AccountBook.open(
            store: store, world: world, cost: PasswordDigest.Cost(logN: 2, blocks: 8, lanes: 1),
            allowsLinks: allowsLinks)
    }

    deinit {
        // A folder that stays behind in /tmp fails no test.
        try? SystemDisk().remove(folder)
    }

    var now: WallTime { time.wallTime }

    func pass(milliseconds: Int64) { time.advance(milliseconds: milliseconds) }

    /// An account whose person has chosen a password and bound a device.
    @discardableResult
    func settled(_ name: String, roles: Set<ConsoleRole> = [.operator]) async throws -> (
        device: OneTimePassword, recovery: [String]
    ) {
        _ = try await book.create(
            name, person: "周示例", roles: roles, practitioner: roles.contains { $0.isPractitioner } ? "d1" : nil,
            unit: roles.contains { $0.isPractitioner } ? "u1" : nil, by: "test")
        try await book.changePassword(of: name, to: Self.password, address: "")
        let device = OneTimePassword(random: world.random)
        let code = device.code(step: OneTimePassword.step(at: now) - 1)
        guard let recovery = try await book.bindDevice(device, code: code, to: name, address: "") else {
            throw Failure("test.noDevice", "the device was not taken")
        }
        return (device, recovery)
    }

    func code(_ device: OneTimePassword) -> String { device.code(step: OneTimePassword.step(at: now)) }
}
