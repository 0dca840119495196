import Console
package import Effects
import Foundation
import NodeRuntime
import Regions
import Synchronization

/// Sets the demo's region up, with the commands that an operator would type, and starts its nodes.
package final class DemoStage: Sendable {
    package let options: DemoOptions
    package let folder: String
    package let world: World
    package let printer: DemoPrinter
    let started = Mutex<[DemoNode]>([])

    package init(options: DemoOptions, folder: String, world: World, printer: DemoPrinter) {
        self.options = options
        self.folder = folder
        self.world = world
        self.printer = printer
    }

    package var nodes: [DemoNode] { started.withLock { $0 } }

    package func node(_ id: String) throws -> DemoNode {
        guard let node = nodes.first(where: { $0.id == id }) else {
            throw Failure("demo.noNode", "the demo's region has no node \(id)", remedy: "use Nodes/demo as it is")
        }
        return node
    }

    /// Runs `yilian …` and gives its standard output.
    ///
    /// - Throws: `demo.commandFailed` with what it printed on standard error.
    @discardableResult
    package func yilian(_ arguments: [String], accepting codes: Set<Int32> = [0]) async throws -> String {
        let result = try await ChildProcess.run(options.program, arguments, scratch: folder, world: world)
        guard codes.contains(result.code) else {
            throw Failure(
                "demo.commandFailed",
                "`yilian \(arguments.prefix(3).joined(separator: " "))` ended with code \(result.code): "
                    + result.errorOutput.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        return result.output
    }

    /// Issues keys and certificates, publishes the region, starts every node from the top down.
    package func raise() async throws {
        let regionFile = options.nodesFolder + "/region.yaml"
        let (configuration, problems) = try RegionFile.check(
            at: regionFile, on: world.disk, sections: ServiceList.sections)
        guard let configuration, problems.isEmpty else { throw RegionProblems(problems).failure }
        let tree = ManagementTree(configuration, at: world.time.wallTime)
        guard let root = tree.root else { throw Failure("demo.noNode", "region.yaml has no dispatcher") }
        let authority = folder + "/authority"
        try await yilian([
            "cert", "init", authority, "--region", configuration.region.rawValue, "--suite", options.suite,
        ])
        let order = [root] + tree.descendants(of: root)
        for node in order { try await yilian(["cert", "issue", authority, node.rawValue]) }
        let signed = folder + "/region.configuration"
        try await yilian(["region", "publish", regionFile, "--authority", authority, "--out", signed])
        for id in order {
            guard let entry = configuration.node(id) else { continue }
            try prepareFolder(of: id.rawValue, authority: authority, signed: signed)
            let node = try await start(
                id.rawValue, tier: entry.tier.rawValue, name: entry.name, parent: tree.parent(of: id)?.rawValue)
            started.withLock { $0.append(node) }
        }
    }

    func prepareFolder(of node: String, authority: String, signed: String) throws {
        let target = folder + "/" + node
        try world.disk.createDirectory(target + "/tokens", mode: 0o700)
        for name in try world.disk.list(authority + "/" + node) {
            let path = authority + "/" + node + "/" + name
            try world.disk.write(try world.disk.read(path), to: target + "/" + name, mode: try world.disk.mode(path))
        }
        try world.disk.write(try world.disk.read(signed), to: target + "/region.configuration", mode: 0o644)
        let token = world.random.bytes(24).map { String($0, radix: 16) }.joined()
        try world.disk.write(Array(token.utf8), to: target + "/tokens/his", mode: 0o600)
    }

    /// Starts a node's process and waits until it listens.
    ///
    /// - Parameters:
    ///   - linkListen: where it listens for links; where the system chooses, if not given.
    ///   - parentLink: where it dials; the address of the parent's process, if not given.
    func start(
        _ id: String, tier: String, name: String, parent: String?, linkListen: String? = nil, parentLink: String? = nil
    ) async throws -> DemoNode {
        let data = folder + "/" + id
        var arguments = [
            "node", "start", "--config", options.nodesFolder + "/" + id + ".yaml", "--data", data,
            "--with-parent", "\(ChildProcess.thisProcessID)",
        ]
        if let linkListen { arguments += ["--link-listen", linkListen] }
        if let parent, let link = try parentLink ?? node(parent).addresses.link { arguments += ["--parent", link] }
        let process = try ChildProcess(
            executable: options.program, arguments: arguments, outputPath: data + "/node.out",
            errorPath: data + "/node.log")
        do {
            let addresses = try await waitForAddresses(of: id, data: data, process: process)
            return DemoNode(
                id: id, tier: tier, name: name, parent: parent, process: process, dataFolder: data,
                addresses: addresses)
        } catch {
            // Also where somebody pressed Ctrl-C meanwhile: nobody else knows this process.
            try? await process.end(withinMilliseconds: 5_000)
            throw error
        }
    }

    private func waitForAddresses(
        of id: String, data: String, process: ChildProcess
    ) async throws -> NodeAddresses {
        let file = data + "/addresses.json"
        for _ in 0..<600 {
            if let bytes = try? world.disk.read(file),
                let addresses = try? JSONDecoder().decode(NodeAddresses.self, from: Data(bytes)),
                addresses.processID == process.processID
            {
                return addresses
            }
            guard process.isRunning else { break }
            try await world.time.sleep(milliseconds: 100)
        }
        let log = (try? world.disk.readText(data + "/node.log", limitBytes: Limits.importFileBytes)) ?? ""
        throw Failure(
            "demo.notStarted",
            "node \(id) did not start: \(log.split(separator: "\n").suffix(3).joined(separator: " "))",
            place: data + "/node.log")
    }

    /// Ends every process, the lowest tier first, so that nobody logs a lost parent.
    package func lower() async {
        for tier in [["township"], ["county"], ["city"], ["dispatcher"]] {
            await withTaskGroup(of: Void.self) { group in
                for node in nodes where tier.contains(node.tier) {
                    group.addTask { try? await node.process.end(withinMilliseconds: 5_000) }
                }
            }
        }
    }
}
