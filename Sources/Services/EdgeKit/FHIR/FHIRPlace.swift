package import FHIR

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
