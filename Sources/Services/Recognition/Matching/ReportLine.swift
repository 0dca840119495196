import Effects
import Wire

/// What the header of a report says about one item of the region's catalogue: enough to judge, nothing of the value.
///
/// Made by the author under the catalogue that is in force at its node (``ReportLines``). What agrees with the
/// catalogue's version is not written, so a usual line takes a dozen bytes.
package struct ReportLine: Sendable, Equatable {
    /// What a report says about unit or specimen.
    package enum Stated: Sendable, Equatable {
        /// The one that the catalogue's version names, or the item has none.
        case asCatalogue
        /// The region's code of another one, or the report's own word where the region does not know it; empty: none.
        case other(String)
    }

    /// The region's code of the item.
    package var item: String
    /// The catalogue's version under which the author read it.
    package var itemVersion: Int
    package var unit: Stated
    package var specimen: Stated
    package var method: String?
    /// Ids of the scopes whose marks stand on the line or on the report.
    package var marks: [String]
    /// The line is preliminary although the report may be final.
    package var isPreliminary: Bool

    package init(
        item: String, itemVersion: Int = 1, unit: Stated = .asCatalogue, specimen: Stated = .asCatalogue,
        method: String? = nil, marks: [String] = [], isPreliminary: Bool = false
    ) {
        self.item = item
        self.itemVersion = itemVersion
        self.unit = unit
        self.specimen = specimen
        self.method = method
        self.marks = marks
        self.isPreliminary = isPreliminary
    }

    private static let unitStated: UInt64 = 1
    private static let specimenStated: UInt64 = 2
    private static let preliminary: UInt64 = 4

    func write(to writer: inout ProtobufWriter) {
        var flags: UInt64 = isPreliminary ? Self.preliminary : 0
        writer.text(1, item)
        writer.integer(2, itemVersion == 1 ? 0 : UInt64(UInt32(clamping: itemVersion)))
        if case .other(let text) = unit {
            writer.text(3, text)
            flags |= Self.unitStated
        }
        if case .other(let text) = specimen {
            writer.text(4, text)
            flags |= Self.specimenStated
        }
        writer.text(5, method)
        for mark in marks { writer.element(6, mark) }
        writer.integer(7, flags)
    }

    init(_ reader: ProtobufReader) throws {
        var reader = reader
        self.init(item: "")
        var (unitText, specimenText, flags): (String, String, UInt64) = ("", "", 0)
        while let field = try reader.next() {
            switch field.number {
            case 1: item = try reader.text(field) ?? item
            case 2: itemVersion = try reader.count(field, atMost: Limits.versions, "an item's version") ?? itemVersion
            case 3: unitText = try reader.text(field) ?? unitText
            case 4: specimenText = try reader.text(field) ?? specimenText
            case 5: method = try reader.text(field)?.nonEmpty
            case 6: if let mark = try reader.text(field), marks.count < Limits.marksPerLine { marks.append(mark) }
            case 7: flags = PeerNumber.label(reader.integer(field)) ?? 0
            default: continue
            }
        }
        if flags & Self.unitStated != 0 { unit = .other(unitText) }
        if flags & Self.specimenStated != 0 { specimen = .other(specimenText) }
        isPreliminary = flags & Self.preliminary != 0
    }
}
