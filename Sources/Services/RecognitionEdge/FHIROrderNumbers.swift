import FHIR

/// Finds the filler and placer order numbers of a report.
struct FHIROrderNumbers {
    var filler: String?
    var placer: String?

    /// Identifier types that never name the report itself: order group numbers and the placer's.
    private static let otherTypes: Set<String> = ["PLAC", "PGN", "FGN", "PLACG", "FILLG", "VN", "SNO"]

    /// The numbers, by the identifiers' types (v2-0203).
    ///
    /// The filler's is the report's identifier of type FILL, else the order's, else the report's first identifier of no
    /// type that speaks against it. The placer's is of type PLAC on the report, else on the order.
    init(report: FHIRResource, requests: [FHIRResource]) {
        let own = report.items("identifier")
        let ordered = requests.flatMap { $0.items("identifier") }
        filler = Self.value(own, type: "FILL") ?? Self.value(ordered, type: "FILL") ?? Self.firstUsable(own)
        placer =
            Self.value(own, type: "PLAC") ?? Self.value(ordered, type: "PLAC")
            ?? ordered.first { $0["type"] == nil }.flatMap(Self.text)
    }

    private static func value(_ identifiers: [JSONValue], type: String) -> String? {
        identifiers.first { FHIRElement.code($0["type"]) == type && text($0) != nil }.flatMap(text)
    }

    private static func firstUsable(_ identifiers: [JSONValue]) -> String? {
        identifiers.lazy.filter { identifier in
            FHIRElement.code(identifier["type"]).map { !otherTypes.contains($0) } ?? true
        }.compactMap(text).first
    }

    private static func text(_ identifier: JSONValue) -> String? {
        identifier["value"]?.string?.trimmed.nonEmpty
    }
}
