import ArgumentParser
import Console
import Destinations
import Effects
import Foundation
import Regions
import ServiceKit
import VerbKit

/// The verbs of `yilian queue`.
struct QueueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "Show what waits for neighbours and hospitals' systems, and why; carry it by file.",
        discussion: "Example: yilian queue list --data /var/lib/yilian/jucheng",
        subcommands: [
            QueueList.self, QueueWhy.self, QueueShow.self, QueueMessages.self, QueueResend.self, QueueHold.self,
            QueueRelease.self, QueueDrop.self, QueueExport.self, QueueImport.self,
        ])
}

/// The verb `yilian queue list`.
struct QueueList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show what waits for the neighbours and for hospitals' systems.",
        discussion: """
            With --wait it asks until nothing waits; exit code 3 where something still does then.

            Example: yilian queue list --data /var/lib/yilian/jucheng --wait 60
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var wait: WaitOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let items = try await wait.ask(
            { try await node.talk { try await $0.ask(QueueEndpoints.list) } }, until: { $0.isEmpty })
        try output.list(
            items, titles: ["FOR", "WHAT", ">BATCHES", ">ENTRIES", ">SIZE", ">OLDEST"],
            none: Wording("nothing waits", "没有等待的")
        ) { item in
            [
                item.neighbour, item.chain, item.batches > 0 ? "\(item.batches)" : "-", "\(item.entries)",
                Shown.bytes(item.bytes), item.oldestAgeSeconds.map(Shown.seconds) ?? "-",
            ]
        }
        if !output.json, !items.isEmpty { Self.sumUp(items) }
        if wait.wait > 0, !items.isEmpty { throw ExitCode.degraded }
    }

    private static func sumUp(_ items: [QueueItemInfo]) {
        let oldest = items.compactMap(\.oldestAgeSeconds).max()
        Terminal.line(
            "in all \(Shown.count(items.reduce(0) { $0 + $1.entries }, "entry")), "
                + Shown.bytes(items.reduce(0) { $0 + $1.bytes })
                + (oldest.map { ", the oldest \(Shown.seconds($0))" } ?? "") + "; `yilian queue why` says why")
    }
}

/// The verb `yilian queue why`.
struct QueueWhy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Say why each item waits.",
        discussion: """
            Without a name: of all of them.

            Example: yilian queue why pingding --data /var/lib/yilian/jucheng
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("A neighbour, or a destination of the node's file.", valueName: "name"))
    var neighbour: String?

    func run() async throws {
        let all = try await node.talk { try await $0.ask(QueueEndpoints.list) }
        let items = all.filter { neighbour == nil || $0.neighbour == neighbour }
        if items.isEmpty, let neighbour { try await checkIsPeer(neighbour) }
        if output.json {
            try Terminal.json(items)
        } else if items.isEmpty {
            Terminal.line("nothing waits")
        } else {
            for item in items {
                Terminal.line("\(item.neighbour)  \(item.chain), \(Shown.count(item.entries, "entry")): \(item.reason)")
            }
        }
    }

    private func checkIsPeer(_ neighbour: String) async throws {
        let peers = try await node.talk { try await $0.ask(NodeEndpoints.peers) }
        let destinations = try await node.talk { try await $0.ask(DestinationEndpoints.list) }.map(\.name)
        guard !peers.contains(where: { $0.node == neighbour }), !destinations.contains(neighbour) else { return }
        throw Failure(
            "queue.noPeer", "this node has no such neighbour and no such destination", place: neighbour,
            remedy: KnownWord.remedy(for: neighbour, among: peers.map(\.node) + destinations))
    }
}

/// The verb `yilian queue export`.
struct QueueExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write what waits for a neighbour, or a stretch of a chain, into a file.",
        discussion: """
            The same sealed bytes as on the wire; `queue import` at the neighbour acknowledges them. A file holds up to
            about 50 MiB: export again after bringing the receipt back.

            Example: yilian queue export --for pingding --out backlog.batches --data /var/lib/yilian/jucheng
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Option(name: .customLong("for"), help: ArgumentHelp("The neighbour.", valueName: "node"))
    var receiver: String

    @Option(help: ArgumentHelp("The file to write.", valueName: "file"))
    var out: String

    @Option(help: ArgumentHelp("One chain alone, as `queue list` shows it.", valueName: "chain"))
    var chain: String?

    @Option(help: ArgumentHelp("The first batch, for --chain.", valueName: "sequence"))
    var from: UInt64?

    @Option(help: ArgumentHelp("How many batches at most.", valueName: "number"))
    var count: UInt64?

    private struct Answer: Codable {
        var file: String
        var batches: Int
        var sizeBytes: Int
    }

    func validate() throws {
        if from != nil, chain == nil { throw ValidationError("--from needs --chain.") }
    }

    func run() async throws {
        let bytes = try await node.talk {
            try await $0.ask(
                QueueEndpoints.export, .init(neighbour: receiver, chain: chain, from: from, count: count))
        }
        guard let file = try BatchFile(bytes: bytes) else {
            throw Failure("console.badAnswer", "the node answered with something else than batches")
        }
        try World.system.disk.write(bytes, to: out, mode: 0o600)
        if output.json {
            try Terminal.json(Answer(file: out, batches: file.batchCount, sizeBytes: bytes.count))
        } else {
            Terminal.line("\(out): \(file.batchCount) batches for '\(receiver)', \(Shown.bytes(bytes.count))")
        }
    }
}

/// The verb `yilian queue import`.
struct QueueImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take batches from a file, or the receipt of such a file.",
        discussion: """
            Exit code 3: a batch was refused, or an entry was set aside: `yilian queue show` says what to do.

            Example: yilian queue import backlog.batches --receipt backlog.receipt --data /var/lib/yilian/pingding
            Example: yilian queue import backlog.receipt --data /var/lib/yilian/jucheng
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("A file that `queue export` or --receipt wrote.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("Where to write the acknowledgement for the sender.", valueName: "file"))
    var receipt: String?

    func run() async throws {
        let disk = World.system.disk
        let bytes = try disk.read(file, limitBytes: Limits.importFileBytes)
        let info = try await node.talk { try await $0.ask(QueueEndpoints.take, Upload(bytes, NoQuestion())) }
        if let receipt, let content = Data(base64Encoded: info.receipt), !content.isEmpty {
            try disk.write(Array(content), to: receipt, mode: 0o644)
        }
        if output.json {
            try Terminal.json(info)
        } else {
            var table = TextTable("CHAIN", ">ON DISK UP TO")
            for position in info.positions { table.add(position.chain, "\(position.nextSequence)") }
            Terminal.line(table.text)
            for refusal in info.refusals { Terminal.line("! \(refusal.batch): \(refusal.message) [\(refusal.code)]") }
            for entry in info.setAside { Terminal.line("! set aside \(entry.entry): \(entry.reason)") }
        }
        if !info.refusals.isEmpty || !info.setAside.isEmpty { throw ExitCode.degraded }
    }
}
