import Effects
import Ledgers
import Regions
import SwiftProtobuf

extension IndicatorSubmission {
    package func encoded() throws -> [UInt8] {
        var message = PBIndicatorsSubmission()
        message.unit = unit.rawValue
        message.period = period.description
        message.version = UInt32(clamping: version)
        message.own = own.wire
        message.total = total.wire
        message.contributions = contributions.map(\.wire)
        message.missing = missing.map(\.rawValue)
        message.closedAt = closedAt.milliseconds
        return try message.serializedBytes()
    }

    /// Reads the header fields of a submission.
    ///
    /// - Throws: `indicators.malformed`; what the names' own checks say.
    package init(bytes: [UInt8]) throws {
        guard let message = try? PBIndicatorsSubmission(serializedBytes: bytes),
            message.contributions.count <= Limits.indicatorContributions,
            message.missing.count <= Limits.indicatorContributions
        else { throw Self.malformed }
        unit = try NodeID(message.unit)
        period = try ReportingPeriod(message.period)
        version = try PeerNumber.count(message.version, atMost: Limits.versions, "an edition's number")
        guard version >= 1 else { throw Self.malformed }
        own = try IndicatorSheet(wire: message.own)
        total = try IndicatorSheet(wire: message.total)
        contributions = try message.contributions.map(Contribution.init(wire:))
        missing = try message.missing.map { try NodeID($0) }
        closedAt = try PeerNumber.time(message.closedAt)
        guard Set(contributions.map(\.unit) + missing + [unit]).count == contributions.count + missing.count + 1 else {
            throw Failure("indicators.malformed", "a submission names a unit twice")
        }
    }

    static let malformed = Failure("indicators.malformed", "the submission cannot be read")
}

extension IndicatorSubmission.Contribution {
    fileprivate var wire: PBIndicatorsContribution {
        var message = PBIndicatorsContribution()
        message.unit = unit.rawValue
        message.version = UInt32(clamping: version)
        message.entry = entry.description
        message.closedAt = closedAt.milliseconds
        message.missing = missing.map(\.rawValue)
        return message
    }

    fileprivate init(wire message: PBIndicatorsContribution) throws {
        guard message.missing.count <= Limits.indicatorContributions else { throw IndicatorSubmission.malformed }
        self.init(
            unit: try NodeID(message.unit),
            version: try PeerNumber.count(message.version, atMost: Limits.versions, "an edition's number"),
            entry: try EntryID(message.entry), closedAt: try PeerNumber.time(message.closedAt),
            missing: try message.missing.map { try NodeID($0) })
    }
}

extension IndicatorSheet {
    fileprivate var wire: [PBIndicatorsLine] {
        indicators.map { indicator in
            let parts = self[indicator]
            var line = PBIndicatorsLine()
            line.indicator = indicator
            line.numerator = parts.numerator
            line.denominator = parts.denominator
            let buckets = parts.histogram.counts.sorted { $0.key < $1.key }
            if !buckets.isEmpty {
                line.histogram.buckets = buckets.map { UInt32($0.key) }
                line.histogram.counts = buckets.map { UInt64($0.value) }
            }
            return line
        }
    }

    fileprivate init(wire message: [PBIndicatorsLine]) throws {
        guard message.count <= Limits.indicatorLines else { throw IndicatorSubmission.malformed }
        var parts: [String: IndicatorParts] = [:]
        for part in message {
            guard !part.indicator.isEmpty, parts[part.indicator] == nil else { throw IndicatorSubmission.malformed }
            let limit = Limits.indicatorPart
            parts[part.indicator] = IndicatorParts(
                numerator: try PeerNumber.part(part.numerator, atMost: limit, "a numerator"),
                denominator: try PeerNumber.part(part.denominator, atMost: limit, "a denominator"),
                histogram: try Self.histogram(part.histogram))
        }
        self.init(parts)
    }

    private static func histogram(_ message: PBIndicatorsHistogram) throws -> DurationHistogram {
        let (buckets, sizes) = (PeerNumber.label(message.buckets), PeerNumber.label(message.counts))
        guard buckets.count == sizes.count else { throw IndicatorSubmission.malformed }
        var counts: [Int: Int64] = [:]
        for (bucket, size) in zip(buckets, sizes) {
            let place = try PeerNumber.count(bucket, atMost: DurationHistogram.bucketCount - 1, "a bucket")
            let count = try PeerNumber.count(size, atMost: Int(Limits.indicatorPart), "a bucket's count")
            guard counts.updateValue(Int64(count), forKey: place) == nil else { throw IndicatorSubmission.malformed }
        }
        return try DurationHistogram(counts: counts)
    }
}
