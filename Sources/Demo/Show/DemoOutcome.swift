import Console
import Foundation

/// What the demo ends with: one JSON object, one line.
struct DemoOutcome: Codable {
    struct Node: Codable {
        var id: String
        var tier: String
        var entries: Int
        var batches: Int
        var bytesRaw: Int
        var bytesCompressed: Int
        var refused: Int
    }

    struct Latency: Codable {
        struct Figure: Codable {
            var count: Int
            var p50Milliseconds: Int64
            var p99Milliseconds: Int64
        }

        /// From "accepted" at a township to "on the county's disk", by county.
        var toCounty: [String: Figure]
        /// From "accepted" anywhere to "in the city's index".
        var toCity: Figure?
    }

    struct Doctor: Codable {
        var found: Bool
        var verified: Bool
        var results: Int
        var statement: String
        var servedBy: String
    }

    /// What the ordering doctor was shown and decided.
    struct Orders: Codable {
        var cards: Int
        /// Existing results that the rules refuse.
        var refused: Int
        var recognised: Int
        var repeated: Int
        var milliseconds: Int64
        /// The same counted in the month's table at the city.
        var recognisedAtCity = 0
    }

    struct Request: Codable {
        var request: String
        var kind: String
        var state: String
        var attempts: Int
        var home: String
        var claimant: String?
        var refusedClaimToldWho: Bool?
    }

    struct Indicator: Codable {
        var indicator: String
        var unit: String
        var tier: String
        var numerator: Int64
        var denominator: Int64
        var missing: [String]
    }

    var nodes: [Node]
    var messages: Int
    /// Results, each counted once however many versions it has.
    var results: Int
    /// Report versions durably acknowledged, duplicates excluded.
    var accepted: Int
    /// The same versions counted at the county groups, their own hospitals' included.
    var atCounty: Int
    /// The same versions counted in the city's index.
    var atCity: Int
    var refused: Int
    var bytesRaw: Int
    var bytesCompressed: Int
    var latency: Latency
    var doctor: Doctor
    var orders: Orders
    var consultations: [Request]
    var indicators: [Indicator]
    var period: String
    var seconds: Double

    func line() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
