import Console
import Demo
import Effects
import RecognitionEdge

/// Watches what was sent arrive at county groups and city.
struct DemoArrival {
    let stage: DemoStage

    /// What the region holds when everything has arrived.
    struct Result {
        /// Results, each counted once however many versions it has.
        var results: Int
        /// Of these, taken back by their institutions.
        var void: Int
        /// Report versions durably acknowledged, duplicates excluded.
        var accepted: Int
        /// The same versions counted at the county groups, their own hospitals' included.
        var atCounty: Int
        /// The same versions counted in the city's index.
        var atCity: Int
        var latency: Latency
    }

    struct Latency: Encodable {
        struct Figure: Encodable {
            var count: Int
            var p50Milliseconds: Int64
            var p99Milliseconds: Int64
        }

        /// From "accepted" at a township to "on the county's disk", by county.
        var toCounty: [String: Figure]
        /// From "accepted" anywhere to "in the city's index".
        var toCity: Figure?
    }

    /// Waits until county groups and city hold what the authors have on their disks.
    func play(_ intake: DemoIntake) async throws -> Result {
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
            results: results, void: void, accepted: accepted, atCounty: 0,
            atCity: own.keys.reduce(0) { $0 + cityFigures.versions(of: $1) },
            latency: Latency(toCounty: [:], toCity: cityFigures.delay.map(Latency.Figure.init)))
        for county in stage.nodes where county.tier == "county" {
            let figures = try await figures(county)
            let below = stage.nodes.filter { $0.parent == county.id }.map(\.id)
            result.atCounty += ([county.id] + below).reduce(0) { $0 + figures.versions(of: $1) }
            result.latency.toCounty[county.id] = figures.delay.map(Latency.Figure.init)
        }
        explain(result, of: intake)
        return result
    }

    /// Why there are fewer results than versions, and fewer versions than messages.
    private func explain(_ result: Result, of intake: DemoIntake) {
        let refused = intake.refused.values.reduce(0, +)
        let known = intake.reports - refused - result.accepted
        let number = { (value: Int) in TextTable.number(value) }
        var lines = [
            "  \(number(intake.messages)) messages held \(number(intake.reports)) reports. "
                + "\(number(result.accepted)) were accepted, each as a version of a result;",
            "  \(number(known)) were repetitions of what was there already, and changed nothing.",
            "  Those are \(number(result.results)) results: \(number(result.accepted - result.results)) further versions "
                + "are finals after preliminary ones, corrections,",
            "  and withdrawals (\(number(result.void)) results are void). The day's figures below count each result once.",
        ]
        if refused > 0 { lines.insert("  \(number(refused)) messages were refused.", at: 2) }
        for line in lines { stage.printer.say(line) }
    }

    /// How long it took.
    func showDelays(_ latency: Latency) {
        for (county, figure) in latency.toCounty.sorted(by: { $0.key < $1.key }) {
            stage.printer.say("  accepted → on \(county)'s disk: \(figure)")
        }
        if let figure = latency.toCity { stage.printer.say("  accepted → in the city's index: \(figure)") }
    }

    private func figures(_ node: DemoNode) async throws -> RecognitionFigures {
        try await stage.client(node) { try await $0.ask(RecordEndpoints.statistics) }
    }
}

extension RecognitionFigures {
    fileprivate func versions(of author: String) -> Int {
        authors.first { $0.author == author }?.versions ?? 0
    }
}

extension DemoArrival.Latency.Figure {
    fileprivate init(_ delay: RecognitionFigures.Delay) {
        self.init(
            count: delay.count, p50Milliseconds: delay.p50Milliseconds, p99Milliseconds: delay.p99Milliseconds)
    }
}

extension DemoArrival.Latency.Figure: CustomStringConvertible {
    var description: String { "p50 \(p50Milliseconds) ms, p99 \(p99Milliseconds) ms" }
}
