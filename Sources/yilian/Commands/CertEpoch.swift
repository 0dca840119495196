import ArgumentParser
import Console
import Effects
import Ledgers
import NodeRuntime
import Regions
import ServiceKit
import Trust
import VerbKit

/// The verbs of `yilian cert epoch`.
struct CertEpoch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "epoch", abstract: "The epochs of patient keys: list, begin a new one, take a lost secret back.",
        discussion: """
            Patient keys are made with the secret of the epoch in force; results of earlier epochs are found by theirs.

            Example: yilian cert epoch list authority
            """, subcommands: [CertEpochList.self, CertEpochNew.self, CertEpochRecover.self])
}

/// The epochs of an authority's folder beside what was published last.
struct EpochOptions {
    let folder: AuthorityFolder
    let world: World

    init(_ authority: AuthorityOption) {
        folder = authority.folder
        world = .system
    }

    var epochs: PatientEpochFolder { PatientEpochFolder(authority: folder, world: world) }

    /// - Throws: `cert.noFolder`.
    func region() throws -> (region: RegionID, suite: Suite) {
        (try RegionID(try folder.authority().regionID), try folder.regionPublicKey().suite)
    }

    func published() throws -> [RegionConfiguration] {
        try PublishedRegion(rootKey: try folder.regionPublicKey(), disk: world.disk)
            .all(paths: [folder.publishedPath], node: nil)
    }
}

/// The verb `yilian cert epoch list`.
struct CertEpochList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show every epoch of patient keys: from when it holds, and where its secret is.",
        discussion: """
            Exit code 3: the secret of an epoch is missing, or is not the one that was published.

            Example: yilian cert epoch list authority
            """)

    @OptionGroup var authority: AuthorityOption
    @OptionGroup var output: OutputOptions

    private struct Line: Codable {
        var epoch: UInt32
        var from: String?
        /// `past`, `inForce`, `toCome`; `missing` where there is no secret, `otherSecret` where it is not the published one.
        var state: String
        var isPublished: Bool
        var file: String
    }

    func run() async throws {
        let options = EpochOptions(authority)
        let (region, suite) = try options.region()
        let known = try options.published().flatMap(\.patientKeyEpochs)
        let here = try options.epochs.numbers()
        let now = options.world.time.wallTime
        let last = min(max(here.last ?? 1, known.map(\.epoch).max() ?? 1), UInt32(Limits.patientKeyEpochs))
        var lines: [Line] = []
        for number in 1...last {
            let published = known.first { $0.epoch == number }
            let found = here.contains(number) ? try options.epochs.read(number, region: region, suite: suite) : nil
            let from = found?.from ?? published?.from
            let isOther = found.map { $0.isOther(than: known) } ?? false
            lines.append(
                Line(
                    epoch: number, from: from?.description,
                    state: isOther ? "otherSecret" : found.map { $0.from <= now ? "past" : "toCome" } ?? "missing",
                    isPublished: published != nil, file: options.epochs.path(number)))
        }
        if let current = lines.lastIndex(where: { $0.state == "past" }) { lines[current].state = "inForce" }
        if output.json { try Terminal.json(lines) } else { Self.show(lines) }
        if lines.contains(where: { Self.lost.contains($0.state) }) { throw ExitCode.degraded }
    }

    private static let lost = ["missing", "otherSecret"]

    private static func show(_ lines: [Line]) {
        let words = [
            "past": "past", "inForce": "in force", "toCome": "to come", "missing": "! the secret is missing",
            "otherSecret": "! another secret than was published",
        ]
        var table = TextTable(">EPOCH", "FROM", "STATE", "PUBLISHED", "FILE")
        for line in lines {
            let from = line.from == WallTime.epoch.description ? "the beginning" : Shown.moment(line.from)
            table.add(
                "\(line.epoch)", from, words[line.state] ?? line.state, line.isPublished ? "yes" : "not yet", line.file)
        }
        Terminal.line(table.text)
    }
}

/// The verb `yilian cert epoch new`.
struct CertEpochNew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make the secret of the next epoch of patient keys.",
        discussion: """
            The epoch begins after some days, so that the published configuration has reached every node by then. The old
            secret stays: results are found by the keys of every epoch, a day before a new one begins by its keys too.
            Publish the region afterwards.

            Example: yilian cert epoch new authority --from 2027-01-01
            """)

    @OptionGroup var authority: AuthorityOption
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("When it begins; in seven days where nothing is given.", valueName: "moment"))
    var from: String?

    private static let usualDays: Int64 = 7

    private struct Answer: Codable {
        var epoch: UInt32
        var from: String
        var file: String
    }

    func run() async throws {
        let options = EpochOptions(authority)
        let (region, suite) = try options.region()
        let epochs = try options.epochs.epochs(region: region, suite: suite, known: try options.published())
        let now = options.world.time.wallTime
        let begin =
            try from.map { try WallTime(recorded: $0) } ?? now.advanced(byMilliseconds: Self.usualDays * 86_400_000)
        guard begin >= now, let last = epochs.last, last.from < begin else {
            throw Failure(
                "patientKey.badBeginning", "an epoch begins from now on, and after the one before it",
                place: begin.chinaText, remedy: "give a later --from")
        }
        guard last.number < Limits.patientKeyEpochs else {
            throw Failure(
                "patientKey.tooMany", "a region has at most \(Limits.patientKeyEpochs) epochs of patient keys",
                remedy: "go on with the one in force")
        }
        let secret = PatientKeySecret(epoch: last.number + 1, suite: suite, random: options.world.random)
        try options.epochs.keep(.init(secret: secret, from: begin), region: region)
        let answer = Answer(
            epoch: secret.epoch, from: begin.description, file: options.epochs.path(secret.epoch))
        if output.json {
            try Terminal.json(answer)
            return
        }
        Terminal.line("epoch \(answer.epoch) begins at \(begin.chinaText): \(answer.file)")
        Terminal.line(
            "Keep a copy of this file, and publish the region under a higher version before the epoch begins.")
    }
}

/// The verb `yilian cert epoch recover`.
struct CertEpochRecover: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover", abstract: "Take lost secrets of patient key epochs back from a node that holds them.",
        discussion: """
            With --data: from the data folder of a node on this machine, whether it runs or not, or from a copy of that
            folder. With --url: from a running node; the request is signed by region.key, and the answer is encrypted to
            a key that is made for it. Every epoch is taken back of which the folder has no file.

            Example: yilian cert epoch recover authority --data /var/lib/yilian/pingding
            """)

    @OptionGroup var authority: AuthorityOption
    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let options = EpochOptions(authority)
        let (region, suite) = try options.region()
        let source = try await source(options)
        let configuration = try RegionRegistry.open(
            source.signed, rootKey: try options.folder.regionPublicKey(), sections: ServiceList.sections.region)
        let here = try options.epochs.numbers()
        var files: [String] = []
        for number in here {
            // A wrong secret is not written over: it may open what nobody else can.
            let found = try options.epochs.read(number, region: region, suite: suite)
            if found.isOther(than: configuration.patientKeyEpochs) { throw options.epochs.otherSecret(number) }
        }
        for epoch in configuration.patientKeyEpochs where !here.contains(epoch.epoch) {
            let secret = try PatientKeySecret(epoch: epoch.epoch, suite: suite, bytes: try await source.secret(epoch))
            guard epoch.fingerprint == secret.fingerprint else {
                throw Failure(
                    "patientKey.otherSecret", "what the node gave is not the secret that was published",
                    place: "epoch \(epoch.epoch)", remedy: "ask another node")
            }
            try options.epochs.keep(.init(secret: secret, from: epoch.from), region: region)
            files.append(options.epochs.path(epoch.epoch))
        }
        if output.json {
            try Terminal.json(files)
            return
        }
        for file in files { Terminal.line("taken back: \(file)") }
        if files.isEmpty { Terminal.line("no secret is missing of the epochs that the node knows") }
    }

    /// What a node goes by, and how it gives a secret.
    private struct Source {
        var signed: SignedRegionConfiguration
        var secret: (PatientKeyEpoch) async throws -> [UInt8]
    }

    private func source(_ options: EpochOptions) async throws -> Source {
        if let data = node.data { return try files(in: Paths.absolute(data), options) }
        let rootKey = try options.folder.regionSigningKey()
        let (region, suite) = try options.region()
        let bytes = try await node.talk { try await $0.ask(RegionEndpoints.file) }
        return Source(signed: try SignedRegionConfiguration(wireBytes: bytes)) { epoch in
            let key = try suite.makeBoxKey(random: options.world.random)
            let request = try PatientKeyRecovery(
                epoch: epoch.epoch, boxKey: key.publicKey, region: region, rootKey: rootKey)
            let answer = try await node.talk {
                try await $0.ask(RegionEndpoints.secret, request)
            }
            return try key.open(
                Hex.bytes(answer.box) ?? [],
                context: PatientKeyRecovery.context(region: region, epoch: epoch.epoch))
        }
    }

    private func files(in folder: String, _ options: EpochOptions) throws -> Source {
        let disk = options.world.disk
        let names = [NodeFolder.acceptedRegionName, "region.configuration"]
        guard let path = names.map({ folder + "/" + $0 }).first(where: { disk.exists($0) }) else {
            throw Failure(
                "region.missing", "there is no region configuration in this folder", place: folder,
                remedy: "name the data folder of a node with --data, or a running node with --url")
        }
        let bytes = try disk.read(path)
        let signed = try Failure.naming(path) { try SignedRegionConfiguration(wireBytes: bytes) }
        let key = try KeyFile.boxKey(at: folder + "/box.key", disk: disk)
        return Source(signed: signed) { epoch in
            let configuration = try signed.configuration(reading: ServiceList.sections.region)
            let owner = configuration.nodes.first { $0.boxPublicKey == key.publicKey.bytes }
            guard let owner, let box = epoch.encryptedSecrets[owner.id] else {
                throw Failure(
                    "patientKey.noSecret", "this node's configuration gives it no secret of epoch \(epoch.epoch)",
                    place: folder, remedy: "take another node")
            }
            return try key.open(
                box, context: PatientKeyring.sealContext(region: configuration.region, epoch: epoch.epoch))
        }
    }
}
