import EdgeKit
import FHIR
import Recognition

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
