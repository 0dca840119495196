package import Effects
import GRDB

extension SQLiteStore {
    /// Writes a copy of what is committed into a new file, all of one moment, while the store works on.
    ///
    /// A connection of its own reads, so that neither writer nor readers wait. The copy is on the disk when this returns.
    ///
    /// - Parameter target: no file stands there yet; what a failed copy leaves there is the caller's to remove.
    /// - Throws: `storage.copy` with the engine's reason.
    package func copy(to target: String) async throws {
        let source = path
        try await world.makeWorker("store.copier").run {
            do {
                var reading = Configuration()
                reading.readonly = true
                reading.busyMode = .timeout(5)
                let from = try DatabaseQueue(path: source, configuration: reading)
                let into = try DatabaseQueue(path: target)
                try into.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous=FULL") }
                try from.backup(to: into)
                // A file by itself, with nothing beside it that would have to be kept too.
                try into.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode=DELETE") }
                try from.close()
                try into.close()
            } catch {
                throw Failure(
                    "storage.copy", "the database cannot be copied: \(Self.words(of: error))", place: target,
                    remedy: "look at the room and the rights on that disk")
            }
        }
    }

    /// What is wrong with a copy, in the engine's words; empty where it is sound.
    ///
    /// - Throws: `storage.copy` where it cannot be opened.
    package static func problems(inCopyAt path: String, world: World) async throws -> [String] {
        try await world.makeWorker("store.checker").run {
            do {
                var configuration = Configuration()
                configuration.readonly = true
                let copy = try DatabaseQueue(path: path, configuration: configuration)
                let found = try copy.read { try String.fetchAll($0, sql: "PRAGMA quick_check(10)") }
                try copy.close()
                return found == ["ok"] ? [] : found
            } catch {
                throw Failure(
                    "storage.copy", "the copy cannot be read: \(words(of: error))", place: path,
                    remedy: "look at the room and the rights on that disk")
            }
        }
    }

    /// The engine's own words, which name tables and columns and never arguments.
    private static func words(of error: any Error) -> String {
        (error as? DatabaseError)?.message ?? "unknown reason"
    }
}
