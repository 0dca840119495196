import ArgumentParser
import Effects
import Foundation
import Trust

/// Starts both nodes, watches them, and prints what was measured.
struct Measure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure", abstract: "Runs the measurement; this is what happens where no command is given.")

    @OptionGroup var load: LoadOptions
    @Option(help: "Where the run's folder is made; its disk is what is measured.")
    var folder = "/tmp"
    @Flag(help: "Keeps the run's folder.")
    var keep = false
    @Flag(help: "Prints one JSON line.")
    var json = false

    func run() async throws {
        let world = World.system
        let place = folder + "/yilian-results-" + world.identifier().lowercased()
        try world.disk.createDirectory(place, mode: 0o700)
        defer { if !keep { try? world.disk.remove(place) } }
        guard let suite = SuiteID(rawValue: load.suite) else { throw ValidationError("no such suite: \(load.suite)") }
        try NodeSecrets.writeRegion(in: place, suite: Suite(suite), world: world)
        let baton = Baton(folder: place, world: world, timeoutSeconds: load.timeout)
        let figures = try await measure(baton)
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let line = String(decoding: try encoder.encode(figures), as: UTF8.self)
            StandardStream.write(line + "\n", toError: false)
        } else {
            StandardStream.write(figures.text, toError: false)
        }
    }

    private func measure(_ baton: Baton) async throws -> ResultsFigures {
        var children = Children(folder: baton.folder, load: load)
        do {
            let figures = try await figures(baton, &children)
            try baton.put(Stage.stop, true)
            try await children.end()
            return figures
        } catch {
            try await children.end()
            throw error
        }
    }

    private func figures(_ baton: Baton, _ children: inout Children) async throws -> ResultsFigures {
        let disk = baton.world.disk
        try children.start(NodeSecrets.county, port: 0)
        let port: Int = try await baton.take(Stage.countyListens, check: children.check)
        try children.start(NodeSecrets.township, port: port)
        let _: Bool = try await baton.take(Stage.warm, check: children.check)
        if load.backlog { try await children.end(NodeSecrets.county) }
        let carried = try Loopback.bytes(disk: disk)
        try baton.put(Stage.go, true)
        let published: TownshipRole.Published = try await baton.take(Stage.published, check: children.check)
        if load.backlog { try children.start(NodeSecrets.county, port: port) }
        let visible: CountyRole.Visible = try await baton.take(Stage.visible, check: children.check)
        let wireBytes = try Loopback.bytes(disk: disk) - carried
        let ended: TownshipRole.Ended = try await baton.take(Stage.ended, check: children.check)
        let verified: CountyRole.Verified = try await baton.take(Stage.verified, check: children.check)
        return ResultsFigures(
            load: load, published: published, visible: visible, ended: ended, verified: verified, wireBytes: wireBytes)
    }
}

/// The processes of a run.
struct Children {
    let folder: String
    let load: LoadOptions
    private var running: [String: ChildProcess] = [:]

    private static let endMilliseconds: Int64 = 10_000

    init(folder: String, load: LoadOptions) {
        self.folder = folder
        self.load = load
    }

    mutating func start(_ role: String, port: Int) throws {
        guard let program = Bundle.main.executablePath else {
            throw Failure("load.noProgram", "where this program lies is not known")
        }
        running[role] = try ChildProcess(
            executable: program, arguments: [role, "--folder", folder, "--port", "\(port)"] + load.arguments,
            outputPath: log(role), errorPath: log(role))
    }

    /// - Throws: `load.ended` where a process has ended by itself, with its last words.
    func check() throws {
        for (role, child) in running where !child.isRunning {
            let words = (try? SystemDisk().readText(log(role))) ?? ""
            throw Failure("load.ended", "the \(role) ended: \(words.suffix(2_000))")
        }
    }

    mutating func end(_ role: String) async throws {
        guard let child = running.removeValue(forKey: role) else { return }
        try await child.end(withinMilliseconds: Self.endMilliseconds)
    }

    mutating func end() async throws {
        for role in running.keys.sorted() { try await end(role) }
    }

    private func log(_ role: String) -> String { folder + "/" + role + ".log" }
}
