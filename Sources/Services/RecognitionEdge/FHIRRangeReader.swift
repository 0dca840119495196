import FHIR
import Recognition

/// Reads reference ranges as the lines that a reader sees.
///
/// A range says what it is for where that is not plain: a therapeutic or critical range, one of several, one for an age
/// or a group must not be read as the normal one.
struct FHIRRangeReader {
    private(set) var lines: [String] = []
    private(set) var details = FHIRDetailList()

    /// - Parameter unit: of the value; bounds in another unit say theirs.
    init(_ json: JSONObject, unit: Coding?) {
        let ranges = FHIRElement.items(json["referenceRange"])
        for range in ranges {
            let type = range["type"].flatMap(FHIRWords.concept)
            let isNormal = type == nil || FHIRElement.code(range["type"]) == "normal"
            let groups = FHIRElement.items(range["appliesTo"]).compactMap(FHIRWords.concept)
            let age = FHIRWords.range(range["age"])
            let text = Self.text(range, unit: unit)
            let signs = [isNormal ? nil : type, groups.isEmpty ? nil : groups.joined(separator: ", "), age]
                .compactMap { $0 }
            let sign = signs.isEmpty ? "" : " (" + signs.joined(separator: "; ") + ")"
            if text != nil || !sign.isEmpty { lines.append((text ?? "") + sign) }
            let before = ranges.count > 1 ? (text ?? "") + ": " : ""
            details.add("referenceRange.type", type.map { before + $0 })
            for group in groups { details.add("referenceRange.appliesTo", before + group) }
            details.add("referenceRange.age", age.map { before + $0 })
        }
    }

    /// The text, with the bounds before it where it does not hold them.
    private static func text(_ range: JSONValue, unit: Coding?) -> String? {
        let bounds = bounds(range, unit: unit)
        guard let text = range["text"]?.string?.nonEmpty else { return bounds }
        let isWhole = ["low", "high"].allSatisfy { name in
            range[name]?["value"]?.lexical.map { text.contains($0) } ?? true
        }
        return isWhole ? text : (bounds.map { $0 + " " } ?? "") + text
    }

    private static func bounds(_ range: JSONValue, unit: Coding?) -> String? {
        guard let text = FHIRValue.range(range) else { return nil }
        guard let own = FHIRValue.unit(ofRange: range), let unit, !FHIRValue.areSame(own, unit) else { return text }
        return text + " " + own.display
    }
}
