import Console
package import Effects

/// The whole show of `yilian demo`.
package struct DemoRun: Sendable {
    private let stage: DemoStage
    private let scenes: [any DemoScene.Type]
    private let printer: DemoPrinter
    private let options: DemoOptions
    private let world: World

    /// - Parameter scenes: what services show, in the order of their parts.
    package init(options: DemoOptions, scenes: [any DemoScene.Type], world: World) throws {
        self.options = options
        self.scenes = scenes
        self.world = world
        let folder = options.keepFolder ?? "/tmp/yilian-demo-\(world.identifier().suffix(10).lowercased())"
        printer = DemoPrinter(isTerminal: options.isTerminal, isQuiet: options.printsJSON)
        if options.keepFolder != nil, world.disk.exists(folder + "/authority") {
            throw Failure(
                "demo.folderInUse", "the folder holds a region already", place: folder,
                remedy: "name another folder, or remove this one")
        }
        try world.disk.createDirectory(folder, mode: 0o700)
        stage = DemoStage(options: options, folder: folder, world: world, printer: printer)
    }

    /// Plays the show; then stays up until the task is cancelled, unless it is to exit.
    ///
    /// Every process is ended and, unless it is to be kept, everything is removed on the way out, whatever happens.
    package func run() async throws {
        let result: Result<Void, any Error>
        do {
            result = .success(try await play())
        } catch {
            result = .failure(error)
        }
        await stage.lower()
        if options.keepFolder == nil { try? world.disk.remove(stage.folder) }
        guard case .failure(let error) = result else { return }
        guard error is CancellationError else { throw error }
        // Nobody asked for it: a show that ended so has not worked.
        guard Task.isCancelled else {
            throw Failure(
                "demo.abandoned", "a part of the show was given up before it was over",
                remedy: "look at node.log in the nodes' folders (keep them with --keep DIR)")
        }
    }

    private func play() async throws {
        let started = world.time.monotonicTime
        printer.heading("Yangquan: dispatcher, city, two counties, four townships, each its own process")
        try await stage.raise()
        try world.disk.write(
            try RegionSheet(folder: stage.folder, program: options.program, nodes: stage.nodes).bytes(),
            to: stage.folder + "/region.json", mode: 0o600)
        printNodes()
        let intake = try await DemoImport(stage: stage).play()
        var show = DemoShow(scenes, on: stage)
        try await show.play(.arrival(intake))
        let nodes = try await summary(intake)
        for act in [DemoAct.account, .day, .close, .evening] { try await show.play(act) }
        let outcome = DemoOutcome(
            nodes: nodes, messages: intake.messages, refused: intake.refused.values.reduce(0, +),
            seconds: Double(world.time.monotonicTime.milliseconds(since: started)) / 1_000,
            scenes: show.outcome)
        if options.printsJSON { printer.json(try outcome.line()) }
        try show.check()
        guard !options.exits else { return }
        try await DemoConsole(stage: stage, printer: printer).open()
        printInvitation(show)
        _ = try await world.time.sleepForever()
    }

    private func printNodes() {
        printer.say(
            TextTable.render(
                ["node", "tier", "process", "MLLP", "HTTPS", "health"],
                stage.nodes.map { node in
                    [
                        node.id, node.tier, "\(node.process.processID)",
                        node.addresses.mllp.first?.address ?? "–", node.addresses.https ?? "–", node.addresses.health,
                    ]
                }))
    }

    private func summary(_ intake: DemoIntake) async throws -> [DemoOutcome.Node] {
        var nodes: [DemoOutcome.Node] = []
        for node in stage.nodes {
            let info = try await stage.client(node) { try await $0.ask(NodeEndpoints.status) }
            let own = info.ledger.own
            nodes.append(
                DemoOutcome.Node(
                    id: node.id, tier: node.tier, entries: own.entries, batches: own.batches, bytesRaw: own.rawBytes,
                    bytesCompressed: own.storedBytes, refused: intake.refused[node.id] ?? 0))
        }
        printer.heading("What each node wrote into its ledger")
        printer.say(
            TextTable.render(
                ["node", "entries", "batches", "bytes", "sealed and compressed"],
                nodes.filter { $0.entries > 0 }.map { node in
                    [node.id] + [node.entries, node.batches, node.bytesRaw, node.bytesCompressed].map(TextTable.number)
                }))
        return nodes
    }

    private func printInvitation(_ show: DemoShow) {
        let (program, folder) = (options.program, stage.folder)
        let lines =
            ["\(program) peer list --data \(folder)/pingding", "\(program) queue list --data \(folder)/jucheng"]
            + show.invitations(program: program, folder: folder)
            + ["\(program) ledger verify --data \(folder)/yangquan-shi"]
        printer.heading(
            "The region stays up. Ctrl-C ends every process\(options.keepFolder == nil ? " and removes the data" : "")."
        )
        printer.say("  addresses, tokens and CA of each node: \(folder)/region.json\n  try next:")
        for line in lines { printer.say("    " + line) }
    }
}
