import Console
package import Effects
import Regions

/// The whole show of `yilian demo`.
package struct DemoRun: Sendable {
    private let stage: DemoStage
    private let printer: DemoPrinter
    private let options: DemoOptions
    private let world: World

    package init(options: DemoOptions, world: World) throws {
        self.options = options
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
        let imported = try await DemoImport(stage: stage).play()
        let nodes = try await summary(imported)
        let doctor = try await DemoDoctor(stage: stage).play()
        var orders = try await DemoOrders(stage: stage).play()
        let consultations = try await DemoConsultations(stage: stage).play()
        let period = ReportingPeriod(.day, containing: world.time.wallTime)
        let indicators = try await DemoIndicators(stage: stage).play(period)
        orders.recognisedAtCity = try await DemoOrders(stage: stage).showTable(orders)
        let outcome = DemoOutcome(
            nodes: nodes, messages: imported.messages, results: imported.results, accepted: imported.accepted,
            atCounty: imported.atCounty, atCity: imported.atCity,
            refused: imported.refused.values.reduce(0, +), bytesRaw: nodes.reduce(0) { $0 + $1.bytesRaw },
            bytesCompressed: nodes.reduce(0) { $0 + $1.bytesCompressed },
            latency: .init(toCounty: imported.toCounty, toCity: imported.toCity), doctor: doctor, orders: orders,
            consultations: consultations, indicators: indicators, period: period.description,
            seconds: Double(world.time.monotonicTime.milliseconds(since: started)) / 1_000)
        if options.printsJSON { printer.json(try outcome.line()) }
        try checkOutcome(outcome)
        guard !options.exits else { return }
        printInvitation()
        _ = try await world.time.sleepForever()
    }

    /// The show has not worked where something that it promises did not happen.
    private func checkOutcome(_ outcome: DemoOutcome) throws {
        guard outcome.accepted == outcome.atCity, outcome.accepted == outcome.atCounty, outcome.doctor.verified,
            outcome.orders.recognised == outcome.orders.recognisedAtCity
        else {
            throw Failure(
                "demo.incomplete",
                "accepted \(outcome.accepted), at the counties \(outcome.atCounty), at the city \(outcome.atCity); "
                    + "the doctor's result was \(outcome.doctor.verified ? "" : "not ")verified; recognised "
                    + "\(outcome.orders.recognised), in the month's table \(outcome.orders.recognisedAtCity)")
        }
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

    private func summary(_ imported: DemoImport.Result) async throws -> [DemoOutcome.Node] {
        var nodes: [DemoOutcome.Node] = []
        for node in stage.nodes {
            let info = try await stage.client(node) { try await $0.ask(NodeEndpoints.status) }
            let own = info.ledger.own
            nodes.append(
                DemoOutcome.Node(
                    id: node.id, tier: node.tier, entries: own.entries, batches: own.batches, bytesRaw: own.rawBytes,
                    bytesCompressed: own.storedBytes, refused: imported.refused[node.id] ?? 0))
        }
        printer.heading("What each node wrote into its ledger")
        printer.say(
            TextTable.render(
                ["node", "entries", "batches", "bytes", "sealed and compressed"],
                nodes.filter { $0.entries > 0 }.map { node in
                    [node.id] + [node.entries, node.batches, node.bytesRaw, node.bytesCompressed].map(TextTable.number)
                }))
        for (county, figure) in imported.toCounty.sorted(by: { $0.key < $1.key }) {
            printer.say(
                "  accepted → on \(county)'s disk: p50 \(figure.p50Milliseconds) ms, p99 \(figure.p99Milliseconds) ms")
        }
        if let figure = imported.toCity {
            printer.say(
                "  accepted → in the city's index: p50 \(figure.p50Milliseconds) ms, p99 \(figure.p99Milliseconds) ms")
        }
        return nodes
    }

    private func printInvitation() {
        let folder = stage.folder
        let number = DemoPerson.liJianguo.identityNumber
        printer.heading(
            "The region stays up. Ctrl-C ends every process\(options.keepFolder == nil ? " and removes the data" : "")."
        )
        printer.say(
            """
              addresses, tokens and CA of each node: \(folder)/region.json
              try next:
                \(options.program) peer list --data \(folder)/pingding
                \(options.program) queue list --data \(folder)/jucheng
                echo \(number) | \(options.program) record find --data \(folder)/yuxian --citizen-id - \
            --practitioner dr-zhang --consent DEMO
                echo \(number) | \(options.program) recognition match P-LIVER L-GLU --trail --data \(folder)/yuxian \
            --citizen-id - --practitioner dr-zhang
                \(options.program) recognition sheet --data \(folder)/yangquan-shi
                \(options.program) ledger verify --data \(folder)/yangquan-shi
            """)
    }
}
