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
        guard let message = try? PBIndicatorsSubmission(serializedBytes: bytes), message.version >= 1,
            message.contributions.count <= Limits.indicatorContributions,
            message.missing.count <= Limits.indicatorContributions
        else { throw Self.malformed }
        unit = try NodeID(message.unit)
        period = try ReportingPeriod(message.period)
        version = Int(message.version)
        own = try IndicatorSheet(wire: message.own)
        total = try IndicatorSheet(wire: message.total)
        contributions = try message.contributions.map(Contribution.init(wire:))
        missing = try message.missing.map { try NodeID($0) }
        closedAt = WallTime(milliseconds: message.closedAt)
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
            unit: try NodeID(message.unit), version: Int(message.version), entry: try EntryID(message.entry),
            closedAt: WallTime(milliseconds: message.closedAt), missing: try message.missing.map { try NodeID($0) })
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

    fileprivate init(wire lines: [PBIndicatorsLine]) throws {
        guard lines.count <= Limits.indicatorLines else { throw IndicatorSubmission.malformed }
        var parts: [String: IndicatorParts] = [:]
        for line in lines {
            let limit = UInt64(Limits.indicatorPart)
            guard !line.indicator.isEmpty, parts[line.indicator] == nil, line.numerator.magnitude <= limit,
                line.denominator.magnitude <= limit,
                line.histogram.buckets.count == line.histogram.counts.count
            else { throw IndicatorSubmission.malformed }
            var counts: [Int: Int64] = [:]
            for (bucket, count) in zip(line.histogram.buckets, line.histogram.counts) {
                guard counts.updateValue(Int64(clamping: count), forKey: Int(bucket)) == nil else {
                    throw IndicatorSubmission.malformed
                }
            }
            parts[line.indicator] = IndicatorParts(
                numerator: line.numerator, denominator: line.denominator,
                histogram: try DurationHistogram(counts: counts))
        }
        self.init(parts)
    }
}
