import Effects
package import Ledgers
package import Regions
import Wire

/// What a unit's figures of a period are made of, as the unit itself says.
package struct FigureExplanation: Sendable, Equatable {
    /// One edition and the entry that carries it.
    package struct Edition: Sendable, Equatable {
        package var entry: EntryID
        package var submission: IndicatorSubmission

        package init(entry: EntryID, submission: IndicatorSubmission) {
            self.entry = entry
            self.submission = submission
        }
    }

    package var unit: NodeID
    /// The publication first, then its amendments.
    package var editions: [Edition]
    /// What would be the next edition now; `nil` where that says the same as the newest one.
    package var next: IndicatorSubmission?

    package init(unit: NodeID, editions: [Edition], next: IndicatorSubmission?) {
        self.unit = unit
        self.editions = editions
        self.next = next
    }
}

extension FigureExplanation: WireValue {
    package func wireBytes() throws -> [UInt8] {
        var writer = ProtobufWriter()
        writer.text(1, unit.rawValue)
        for edition in editions {
            let bytes = try edition.submission.encoded()
            writer.message(2) { writer in
                writer.text(1, edition.entry.description)
                writer.data(2, bytes)
            }
        }
        if let next { writer.data(3, try next.encoded()) }
        return writer.bytes
    }

    /// - Throws: `indicators.malformed` where it tells of another unit or period than its own, or of too much; what the
    ///   submissions' own check throws.
    package init(wireBytes bytes: [UInt8]) throws {
        var unit: NodeID?
        var editions: [Edition] = []
        var next: IndicatorSubmission?
        try ProtobufReader.read(bytes) { reader in
            while let field = try reader.next() {
                switch field.number {
                case 1: unit = try reader.text(field).map { try NodeID($0) }
                case 2:
                    guard let edition = reader.message(field), editions.count < Limits.indicatorEditionsTold else {
                        throw IndicatorSubmission.malformed
                    }
                    editions.append(try Self.edition(edition))
                case 3: next = try reader.data(field).map { try IndicatorSubmission(bytes: $0) }
                default: break
                }
            }
        }
        let told = editions.map(\.submission) + (next.map { [$0] } ?? [])
        guard let unit, told.allSatisfy({ $0.unit == unit && $0.period == told.first?.period }) else {
            throw IndicatorSubmission.malformed
        }
        self.init(unit: unit, editions: editions, next: next)
    }

    private static func edition(_ reader: ProtobufReader) throws -> Edition {
        var reader = reader
        var entry: EntryID?
        var submission: IndicatorSubmission?
        while let field = try reader.next() {
            switch field.number {
            case 1: entry = try reader.text(field).map { try EntryID($0) }
            case 2: submission = try reader.data(field).map { try IndicatorSubmission(bytes: $0) }
            default: break
            }
        }
        guard let entry, let submission else { throw IndicatorSubmission.malformed }
        return Edition(entry: entry, submission: submission)
    }
}
