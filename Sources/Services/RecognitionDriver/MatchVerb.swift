import ArgumentParser
import Effects
import Foundation
import YilianTestKit

/// Measures how long an order's match takes: asked at a township, answered by its county and its city.
struct MatchVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match", abstract: "Matches orders of 8 items against a city's index of a million results.",
        discussion: """
            A region in this process, each node on its own disk with full synchronisation, links of mutual TLS 1.3 over
            loopback, or in memory with --delay. The city's index is filled by folding headers, without their batches.
            Round trips of the same links are measured in between: a call that no desk takes.

              yilian-results match                       1,000,000 results of 200,000 patients
              yilian-results match --results 50000 --patients 10000 --orders 200 --delay 10
            """)

    @Option(help: "Results in the city's index, 1000 to 5000000.")
    var results = 1_000_000
    @Option(help: "Patients who have them.")
    var patients = 200_000
    @Option(help: "Orders that are matched, 10 to 100000.")
    var orders = 1_000
    @Option(help: "ms each way on every link, 0 to 200; 0: TLS over loopback, else links in memory.")
    var delay: Int64 = 0
    @Option(help: "Where the nodes' folders are made; its disk is what is measured.")
    var folder = "/tmp"
    @Flag(help: "Prints one JSON line.")
    var json = false

    func validate() throws {
        guard (1_000...5_000_000).contains(results), (1...results).contains(patients), (10...100_000).contains(orders),
            (0...200).contains(delay)
        else { throw ValidationError("an option is out of its range; see --help") }
    }

    func run() async throws {
        let options = TestOptions(links: delay == 0 ? .tls : .memory, parentFolder: folder)
        let plan = MatchPlan(results: results, patients: patients, orders: orders, delayMilliseconds: delay)
        let found = Found()
        try await TestRegion.run(.yangquan, options) { region in
            await found.set(try await MatchBench(region: region, plan: plan).run())
        }
        guard let figures = await found.figures else { throw Failure("load.ended", "nothing was measured") }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            StandardStream.write(String(decoding: try encoder.encode(figures), as: UTF8.self) + "\n", toError: false)
        } else {
            StandardStream.write(figures.text, toError: false)
        }
    }

    private actor Found {
        var figures: MatchFigures?
        func set(_ figures: MatchFigures) { self.figures = figures }
    }
}

/// What a match bench runs.
struct MatchPlan: Sendable {
    var results: Int
    var patients: Int
    var orders: Int
    var delayMilliseconds: Int64
    static let items = 8
}

/// What was measured, in microseconds.
struct MatchFigures: Codable, Sendable {
    var results: Int
    var patients: Int
    var orders: Int
    var delayMilliseconds: Int64
    var candidates: Int
    var matchP50: Int64
    var matchP99: Int64
    /// One link, measured between the matches: the mean over the two links of each percentile.
    var roundTripP50: Int64
    var roundTripP99: Int64
    /// The match over three bare round trips.
    var ratioP50: Double
    var ratioP99: Double
    /// Growth of the city's file by the index alone.
    var indexBytesPerMillion: Int

    var text: String {
        """
        results in the index          \(results) of \(patients) patients
        orders matched                \(orders), \(MatchPlan.items) items each, \(candidates) candidates in all
        delay of each link            \(delayMilliseconds) ms each way
        match                         p50 \(matchP50) µs, p99 \(matchP99) µs
        bare round trip of a link     p50 \(roundTripP50) µs, p99 \(roundTripP99) µs
        match over three round trips  p50 \(rounded(ratioP50)), p99 \(rounded(ratioP99))
        index per million headers     \(indexBytesPerMillion >> 20) MiB

        """
    }

    private func rounded(_ ratio: Double) -> String { "\((ratio * 100).rounded() / 100)" }
}
