import Console
import Effects
import Regions

/// Sends everything to the nodes and watches it arrive.
struct DemoImport {
    let stage: DemoStage

    /// What the region holds when everything has arrived.
    struct Result {
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
            "\(items.count) messages come in through the real edges: HL7 v2 over MLLP, FHIR over HTTPS")
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
        return try await arrival(refused: feeder.progress.mapValues(\.refused))
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
            progress[node.id].map { (name: node.name, done: $0.sent, total: $0.total) }
        }
        stage.printer.bars(bars, isLast: isLast)
    }

    /// Waits until county groups and city hold what the authors have on their disks.
    private func arrival(refused: [String: Int]) async throws -> Result {
        let authors = stage.nodes.filter { $0.tier == "township" || $0.tier == "county" }
        var own: [String: Int] = [:]
        for node in authors { own[node.id] = try await figures(node).versions(of: node.id) }
        let accepted = own.values.reduce(0, +)
        stage.printer.say(
            "  accepted: \(accepted) report versions on their authors' disks; waiting for county and city …")
        let city = try stage.node("yangquan-shi")
        let cityFigures = try await stage.wait(
            for: "the arrival of everything in the city's index", seconds: 300, { try await figures(city) },
            until: { figures in own.allSatisfy { figures.versions(of: $0.key) >= $0.value } })
        var result = Result(
            accepted: accepted, atCounty: 0, atCity: own.keys.reduce(0) { $0 + cityFigures.versions(of: $1) },
            refused: refused, toCounty: [:], toCity: cityFigures.delay.map(DemoOutcome.Latency.Figure.init))
        for county in stage.nodes where county.tier == "county" {
            let figures = try await figures(county)
            let below = stage.nodes.filter { $0.parent == county.id }.map(\.id)
            result.atCounty += ([county.id] + below).reduce(0) { $0 + figures.versions(of: $1) }
            result.toCounty[county.id] = figures.delay.map(DemoOutcome.Latency.Figure.init)
        }
        return result
    }

    private func figures(_ node: DemoNode) async throws -> RecognitionFigures {
        try await stage.client(node) { client -> RecognitionFigures in try await client.get("records/statistics") }
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
