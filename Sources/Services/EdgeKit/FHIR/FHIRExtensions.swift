package import FHIR

/// The extensions by which our FHIR answers keep what FHIR's own elements have no place for.
package enum FHIRExtensions {
    /// Whether the report may be recognised elsewhere.
    package static let recognisable = "urn:yilian:fhir:recognisable"
    /// The ledger entry that published this version.
    package static let entry = "urn:yilian:fhir:entry"
    /// The node whose ledger holds it.
    package static let issuer = "urn:yilian:fhir:issuer"
    package static let note = "urn:yilian:fhir:note"
    package static let orderedBy = "urn:yilian:fhir:orderedBy"
    /// A time as the message wrote it.
    package static let lexical = "urn:yilian:fhir:lexical"
    /// OBX-2.
    package static let valueType = "urn:yilian:fhir:valueType"
    /// OBX-11 where FHIR's word for it says less.
    package static let status = "urn:yilian:fhir:status"
    /// OBX-4.
    package static let subID = "urn:yilian:fhir:subID"
    /// OBX-3 of a document.
    package static let code = "urn:yilian:fhir:code"
    /// The unit of a value that is not a Quantity.
    package static let unit = "urn:yilian:fhir:unit"

    /// The link or report that says that two identifiers are one person's.
    package static let evidence = "urn:yilian:fhir:evidence"

    package static func text(_ url: String, _ value: String) -> JSONValue {
        ["url": .string(url), "valueString": .string(value)]
    }

    /// The texts of an element's extensions with this URL.
    package static func strings(_ element: JSONValue?, _ url: String) -> [String] {
        FHIRElement.items(element?["extension"]).filter { $0["url"]?.string == url }
            .compactMap { $0["valueString"]?.string }
    }
}

extension FHIRBundle.Entry {
    /// Tells resources of one message apart, contained ones too.
    package var mark: String { "\(position)#" + (container == nil ? "" : resource.id ?? "") }

    /// `Observation/k`, so that a sender finds the resource; at most what an id of FHIR may have.
    package var name: String {
        let id = resource.id.map { String($0.prefix(64).filter { $0.isASCII && !$0.isWhitespace }) } ?? ""
        return id.isEmpty ? resource.type : resource.type + "/" + id
    }
}

extension FHIRBundle {
    /// Where an element of one of the message's resources stands, as FHIRPath.
    package func expression(_ entry: Entry, _ element: String) -> String {
        let outer = isSingle ? (entry.container ?? entry.resource).type : "Bundle.entry[\(entry.position)].resource"
        guard entry.container != nil else { return outer + "." + element }
        let id = entry.resource.id.map { String($0.prefix(64)) } ?? ""
        return outer + ".contained.where(id = '" + id + "')." + element
    }
}
