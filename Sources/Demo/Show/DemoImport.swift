import Console
import Effects
import Regions

/// Sends everything to the nodes, through their edges.
struct DemoImport {
    let stage: DemoStage

    func play() async throws -> DemoIntake {
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
        return DemoIntake(
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
}
