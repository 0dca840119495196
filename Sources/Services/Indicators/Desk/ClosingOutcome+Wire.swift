import Effects
import Ledgers
import Regions
import Wire

extension ClosingOutcome: WireValue {
    private enum Kind: UInt64 {
        case closed = 1
        case unchanged = 2
        case waiting = 3
    }

    package func wireBytes() throws -> [UInt8] {
        var writer = ProtobufWriter()
        switch self {
        case .closed(let entry, let version): Self.write(.closed, entry, version, to: &writer)
        case .unchanged(let entry, let version): Self.write(.unchanged, entry, version, to: &writer)
        case .waiting(let until, let missing):
            writer.integer(1, Kind.waiting.rawValue)
            writer.integer(4, until.milliseconds)
            for unit in missing { writer.element(5, unit.rawValue) }
        }
        return writer.bytes
    }

    private static func write(_ kind: Kind, _ entry: EntryID, _ version: Int, to writer: inout ProtobufWriter) {
        writer.integer(1, kind.rawValue)
        writer.text(2, entry.description)
        writer.integer(3, UInt64(clamping: version))
    }

    /// - Throws: `indicators.malformed`, also for an outcome that this release does not know.
    package init(wireBytes bytes: [UInt8]) throws {
        var kind: Kind?
        var entry: EntryID?
        var version = 0
        var until = WallTime.epoch
        var missing: [NodeID] = []
        try ProtobufReader.read(bytes) { reader in
            while let field = try reader.next() {
                switch field.number {
                case 1: kind = PeerNumber.label(reader.integer(field)).flatMap(Kind.init(rawValue:))
                case 2: entry = try reader.text(field).map { try EntryID($0) }
                case 3: version = try reader.count(field, atMost: Limits.versions, "an edition's number") ?? 0
                case 4: until = try reader.time(field) ?? until
                case 5:
                    guard let name = try reader.text(field), missing.count < Limits.indicatorContributions else {
                        throw IndicatorSubmission.malformed
                    }
                    missing.append(try NodeID(name))
                default: break
                }
            }
        }
        switch (kind, entry) {
        case (.closed, let entry?) where version > 0: self = .closed(entry: entry, version: version)
        case (.unchanged, let entry?) where version > 0: self = .unchanged(entry: entry, version: version)
        case (.waiting, nil): self = .waiting(until: until, missing: missing)
        default: throw IndicatorSubmission.malformed
        }
    }
}
