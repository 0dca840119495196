import Console
import Effects
import Foundation
import Testing
import YilianTestKit

/// A region of a dispatcher and a city in a folder of its own, made with the program's own verbs.
struct TrialRegion {
    let folder: String

    init() throws {
        let name = SystemRandom().identifier(at: SystemTime().wallTime).lowercased()
        folder = TestOptions.usualFolder + "/yilian-program-" + name
        try SystemDisk().createDirectory(folder, mode: 0o700)
        try SystemDisk().write(Self.region, to: folder + "/region.yaml")
        for node in ["diaodu", "shi"] {
            try SystemDisk().write(
                """
                node: \(node)
                dataFolder: data/\(node)
                link: {listen: "127.0.0.1:0"}
                https: {listen: "127.0.0.1:0"}
                health: {listen: "127.0.0.1:0"}

                """, to: folder + "/\(node).yaml")
        }
    }

    private static let region = """
        region: testland
        name: 试验区
        version: 1
        validFrom: 2026-01-01
        units:
          - {id: dc, name: 调度中心, division: 140300, tier: dispatcher, kind: dispatch-centre, node: diaodu}
          - {id: shi-yy, name: 市人民医院, division: 140300, tier: city, kind: hospital, node: shi}
        nodes:
          - {id: diaodu, name: 调度节点, tier: dispatcher, unit: dc, division: 140300}
          - {id: shi, name: 市节点, tier: city, unit: shi-yy, division: 140300}
        management:
          - {child: shi, parent: diaodu, from: 2026-01-01}

        """

    func data(_ node: String) -> String { folder + "/data/" + node }

    @discardableResult
    func yilian(_ arguments: String..., input: String? = nil) async throws -> BuiltProgram.Outcome {
        try await BuiltProgram.run(arguments, in: folder, input: input)
    }

    /// Issues both nodes, publishes the region, and puts each node's files where it wants them.
    func issueAndPublish() async throws {
        for arguments in [
            ["cert", "init", "auth", "--region", "testland"], ["cert", "issue", "auth", "diaodu"],
            ["cert", "issue", "auth", "shi"], ["region", "publish", "region.yaml", "--authority", "auth"],
        ] {
            let outcome = try await BuiltProgram.run(arguments, in: folder)
            try #require(outcome.status == 0, "\(arguments): \(outcome.errors)")
        }
        let disk = SystemDisk()
        for node in ["diaodu", "shi"] {
            try disk.createDirectory(data(node), mode: 0o700)
            for name in try disk.list(folder + "/auth/" + node) {
                let path = folder + "/auth/\(node)/\(name)"
                try disk.write(try disk.read(path), to: data(node) + "/" + name, mode: try disk.mode(path))
            }
            try disk.write(
                try disk.read(folder + "/auth/region.configuration"), to: data(node) + "/region.configuration",
                mode: 0o644)
        }
    }

    /// Counts the version of region.yaml up, changes it otherwise where a test wants that, and publishes it.
    @discardableResult
    func publish(
        version: Int, to node: String? = nil, _ change: (String) -> String = { $0 }
    ) async throws -> BuiltProgram.Outcome {
        let path = folder + "/region.yaml"
        let text = try SystemDisk().readText(path).split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("version:") ? "version: \(version)" : String($0) }.joined(separator: "\n")
        try SystemDisk().write(change(text), to: path)
        return try await BuiltProgram.run(
            ["region", "publish", "region.yaml", "--authority", "auth"] + (node.map { ["--data", data($0)] } ?? []),
            in: folder)
    }

    /// Copies a node's files from the authority's folder to the node, as its operator does.
    func bring(_ node: String, where isWanted: (String) -> Bool) throws {
        let disk = SystemDisk()
        for name in try disk.list(folder + "/auth/" + node) where isWanted(name) {
            let path = folder + "/auth/\(node)/\(name)"
            try disk.write(try disk.read(path), to: data(node) + "/" + name, mode: try disk.mode(path))
        }
    }

    /// Asks a verb again and again until its outcome is as wanted; fails after half a minute.
    func wait(
        for what: Comment, _ arguments: [String], until isWanted: (BuiltProgram.Outcome) -> Bool
    ) async throws -> BuiltProgram.Outcome {
        var last = BuiltProgram.Outcome(status: 0, output: "", errors: "")
        for _ in 0..<150 {
            last = try await BuiltProgram.run(arguments, in: folder)
            if isWanted(last) { return last }
            try await SystemTime().sleep(milliseconds: 200)
        }
        Issue.record("\(what): \(last.output) \(last.errors)")
        return last
    }

    /// Runs a node while `body` works, and stops it with SIGTERM.
    ///
    /// - Parameter options: of `node start`, beside the node's file.
    /// - Returns: what `body` gave, and how the node ended.
    func running<Value>(
        _ node: String, _ options: [String] = [], _ body: (NodeAddresses) async throws -> Value
    ) async throws -> (value: Value, ended: BuiltProgram.Outcome) {
        let started = try BuiltProgram.start(["node", "start", "--config", "\(node).yaml"] + options, in: folder)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(try await addresses(of: node, process: started.process)))
        } catch {
            result = .failure(error)
        }
        let ended = try await BuiltProgram.terminate(started.process, errors: started.errors)
        return (try result.get(), ended)
    }

    func addresses(of node: String, process: Process) async throws -> NodeAddresses {
        let path = data(node) + "/" + NodeAddresses.fileName
        for _ in 0..<600 {
            if SystemDisk().exists(path) { return try NodeAddresses.read(path, disk: SystemDisk()) }
            guard process.isRunning else { break }
            try await SystemTime().sleep(milliseconds: 50)
        }
        throw Failure("test.notStarted", "the node did not start", place: node)
    }

    func remove() {
        try? SystemDisk().remove(folder)
    }
}
