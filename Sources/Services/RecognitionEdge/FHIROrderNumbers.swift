import EdgeKit
import FHIR
import Recognition

/// Finds the filler and placer order numbers of a report.
struct FHIROrderNumbers {
    var filler: String?
    var placer: String?

    /// Identifier types that never name the report itself: order group numbers and the placer's.
    private static let otherTypes: Set<String> = ["PLAC", "PGN", "FGN", "PLACG", "FILLG", "VN", "SNO"]
    /// Numbers of a specimen or an accession, under which several tests run: they name the report where nothing better
    /// does, and its service code tells the tests apart.
    private static let sharedTypes: Set<String> = ["ACSN", "USI"]

    /// The numbers, by the identifiers' types (v2-0203).
    ///
    /// The filler's is the report's identifier of type FILL, else the order's, else the report's first identifier of no
    /// type that speaks against it, an accession number last. The placer's is of type PLAC on the report, else on the
    /// order.
    ///
    /// - Parameter ordered: the identifiers of the orders, also those that a reference gives instead of one.
    init(report: FHIRResource, ordered: [JSONValue]) {
        let own = report.items("identifier")
        filler =
            Self.value(own, type: "FILL") ?? Self.value(ordered, type: "FILL")
            ?? Self.firstUsable(own, without: Self.otherTypes.union(Self.sharedTypes))
            ?? Self.firstUsable(own, without: Self.otherTypes)
        placer =
            Self.value(own, type: "PLAC") ?? Self.value(ordered, type: "PLAC")
            ?? ordered.lazy.filter { $0["type"] == nil }.compactMap(Self.text).first
    }

    private static func value(_ identifiers: [JSONValue], type: String) -> String? {
        identifiers.lazy.filter { FHIRElement.code($0["type"]) == type }.compactMap(text).first
    }

    private static func firstUsable(_ identifiers: [JSONValue], without types: Set<String>) -> String? {
        identifiers.lazy.filter { identifier in
            FHIRElement.code(identifier["type"]).map { !types.contains($0) } ?? true
        }.compactMap(text).first
    }

    private static func text(_ identifier: JSONValue) -> String? {
        FHIRElement.text(identifier["value"])?.trimmed.nonEmpty
    }
}

/// The result from which a report follows, as our own answers carry it.
enum FHIRParent {
    private static let url = "urn:yilian:fhir:parent"

    static func write(_ parent: ParentResult) -> JSONValue {
        var parts: [JSONValue] = []
        if let code = parent.code { parts.append(["url": "code", "valueCodeableConcept": FHIRCoding.concept(code)]) }
        let texts = [
            ("subID", parent.subID), ("value", parent.value), ("filler", parent.fillerOrderNumber),
            ("placer", parent.placerOrderNumber),
        ]
        for (name, text) in texts {
            if let text { parts.append(FHIRExtensions.text(name, text)) }
        }
        return ["url": .string(url), "extension": .array(parts)]
    }

    static func read(_ element: JSONValue) -> ParentResult? {
        guard let found = FHIRElement.items(element["extension"]).first(where: { $0["url"]?.string == url }) else {
            return nil
        }
        let parts = FHIRElement.items(found["extension"])
        func part(_ name: String) -> JSONValue? { parts.first { $0["url"]?.string == name } }
        return ParentResult(
            code: FHIRCoding.coding(part("code")?["valueCodeableConcept"]),
            subID: part("subID")?["valueString"]?.string,
            value: part("value")?["valueString"]?.string, fillerOrderNumber: part("filler")?["valueString"]?.string,
            placerOrderNumber: part("placer")?["valueString"]?.string)
    }
}
