import Effects
import Foundation

/// Small files in the run's folder, by which the processes tell each other how far they are.
struct Baton: Sendable {
    let folder: String
    let world: World
    let deadline: MonotonicTime

    init(folder: String, world: World, timeoutSeconds: Int64) {
        self.folder = folder
        self.world = world
        deadline = world.time.monotonicTime.advanced(byMilliseconds: timeoutSeconds * 1_000)
    }

    func put(_ name: String, _ value: some Encodable) throws {
        try world.disk.write([UInt8](try JSONEncoder().encode(value)), to: path(name), mode: 0o600)
    }

    func get<Value: Decodable>(_ name: String, _ type: Value.Type = Value.self) throws -> Value? {
        guard world.disk.exists(path(name)) else { return nil }
        return try JSONDecoder().decode(type, from: Data(try world.disk.read(path(name))))
    }

    /// Waits until a file is there.
    ///
    /// - Throws: `load.timeout`; what `check` throws, which is asked between two looks.
    func take<Value: Decodable>(
        _ name: String, _ type: Value.Type = Value.self, check: () throws -> Void = {}
    ) async throws -> Value {
        while true {
            if let value = try get(name, type) { return value }
            try check()
            try await pause(waitingFor: name)
        }
    }

    /// A short wait between two looks.
    ///
    /// - Throws: `load.timeout` when the run's time is over.
    func pause(waitingFor what: String) async throws {
        guard world.time.monotonicTime < deadline else {
            throw Failure("load.timeout", "waited in vain for \(what)", remedy: "give a longer --timeout")
        }
        try await world.time.sleep(milliseconds: 5)
    }

    private func path(_ name: String) -> String { folder + "/" + name + ".json" }
}

/// Names of the files.
enum Stage {
    static let countyListens = "county-listens"
    static let warm = "county-warm"
    static let go = "go"
    static let begun = "township-begun"
    static let published = "township-published"
    static let visible = "county-visible"
    static let ended = "township-ended"
    static let verified = "county-verified"
    static let stop = "stop"
}
