import Console
import Effects
import RecognitionEdge
import Regions

/// Sends everything to the nodes and watches it arrive.
struct DemoImport {
    let stage: DemoStage

    /// What the region holds when everything has arrived.
    struct Result {
        var messages: Int
        /// Reports in those messages; one message may hold several.
        var reports: Int
        /// Results whose versions were accepted.
        var results: Int
        /// Of these, taken back by their institutions.
        var void: Int
        var accepted: Int
        var atCounty: Int
        var atCity: Int
        var refused: [String: Int]
        var toCounty: [String: DemoOutcome.Latency.Figure]
        var toCity: DemoOutcome.Latency.Figure?
    }

    func play() async throws -> Result {
        let items = try items()
        stage.printer.heading(
            "\(TextTable.number(items.count)) messages come in through the real edges: HL7 v2 over MLLP, FHIR over HTTPS"
        )
        let feeder = MessageFeeder(nodes: stage.nodes)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while true {
                    try await stage.world.time.sleep(milliseconds: 250)
                    draw(feeder.progress, isLast: false)
                }
            }
            try await feeder.feed(items, world: stage.world)
            group.cancelAll()
        }
        draw(feeder.progress, isLast: true)
        return try await arrival(
            messages: items.count, reports: items.reduce(0) { $0 + $1.reportCount },
            refused: feeder.progress.mapValues(\.refused))
    }

    private func items() throws -> [MessageFeeder.Item] {
        let names = stage.nodes.map(\.id)
        let carried = try MessageLibrary(
            folder: stage.options.messagesFolder, nodes: names, standardNode: "jucheng", disk: stage.world.disk)
        // The day before today, so that no message is dated in the future.
        let yesterday = stage.world.time.wallTime.advanced(byMilliseconds: -86_400_000)
        let day = WorkingDay(seed: stage.options.seed, day: CivilDateTime(yesterday, offsetMinutes: 480))
        var items = carried.items
        for node in day.nodes where stage.options.dayPercent > 0 {
            let total = day.expected(for: node).messages
            let wanted = total * stage.options.dayPercent / 100
            for message in day.messages(for: node).prefix(wanted) {
                items.append(
                    MessageFeeder.Item(
                        node: node, isHL7: message.format == .hl7, bytes: message.bytes,
                        orderKey: message.orderNumber))
            }
        }
        return items
    }

    private func draw(_ progress: [String: MessageFeeder.Count], isLast: Bool) {
        let bars = stage.nodes.compactMap { node in
            progress[node.id].map { (name: node.id, done: $0.sent, total: $0.total) }
        }
        stage.printer.bars(bars, isLast: isLast)
    }

    /// Waits until county groups and city hold what the authors have on their disks.
    private func arrival(messages: Int, reports: Int, refused: [String: Int]) async throws -> Result {
        let authors = stage.nodes.filter { $0.tier == "township" || $0.tier == "county" }
        var own: [String: Int] = [:]
        var (results, void) = (0, 0)
        for node in authors {
            let here = try await figures(node)
            own[node.id] = here.versions(of: node.id)
            for author in here.authors where author.author == node.id {
                results += author.results
                void += author.void
            }
        }
        let accepted = own.values.reduce(0, +)
        let city = try stage.node("yangquan-shi")
        let cityFigures = try await stage.wait(
            for: "the arrival of everything in the city's index", seconds: 300, { try await figures(city) },
            until: { figures in own.allSatisfy { figures.versions(of: $0.key) >= $0.value } })
        var result = Result(
            messages: messages, reports: reports, results: results, void: void, accepted: accepted, atCounty: 0,
            atCity: own.keys.reduce(0) { $0 + cityFigures.versions(of: $1) },
            refused: refused, toCounty: [:], toCity: cityFigures.delay.map(DemoOutcome.Latency.Figure.init))
        for county in stage.nodes where county.tier == "county" {
            let figures = try await figures(county)
            let below = stage.nodes.filter { $0.parent == county.id }.map(\.id)
            result.atCounty += ([county.id] + below).reduce(0) { $0 + figures.versions(of: $1) }
            result.toCounty[county.id] = figures.delay.map(DemoOutcome.Latency.Figure.init)
        }
        explain(result)
        return result
    }

    /// Why there are fewer results than versions, and fewer versions than messages.
    private func explain(_ result: Result) {
        let refused = result.refused.values.reduce(0, +)
        let known = result.reports - refused - result.accepted
        let number = { (value: Int) in TextTable.number(value) }
        var lines = [
            "  \(number(result.messages)) messages held \(number(result.reports)) reports. "
                + "\(number(result.accepted)) were accepted, each as a version of a result;",
            "  \(number(known)) were repetitions of what was there already, and changed nothing.",
            "  Those are \(number(result.results)) results: \(number(result.accepted - result.results)) further versions "
                + "are finals after preliminary ones, corrections,",
            "  and withdrawals (\(number(result.void)) results are void). The day's figures below count each result once.",
        ]
        if refused > 0 { lines.insert("  \(number(refused)) messages were refused.", at: 2) }
        for line in lines { stage.printer.say(line) }
    }

    private func figures(_ node: DemoNode) async throws -> RecognitionFigures {
        try await stage.client(node) { try await $0.ask(RecordEndpoints.statistics) }
    }
}

extension RecognitionFigures {
    func versions(of author: String) -> Int {
        authors.first { $0.author == author }?.versions ?? 0
    }
}

extension DemoOutcome.Latency.Figure {
    init(_ delay: RecognitionFigures.Delay) {
        self.init(
            count: delay.count, p50Milliseconds: delay.p50Milliseconds, p99Milliseconds: delay.p99Milliseconds)
    }
}
