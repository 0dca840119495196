import FHIR

/// Whether a message is meant for production, where its header carries HL7's processing id.
enum FHIRProcessing {
    /// `MessageHeader.meta.tag` of system v2-0103, or the extension `source-processing-id`; else production.
    static func isProduction(_ bundle: FHIRBundle) -> Bool {
        for header in bundle.resources("MessageHeader") {
            let tags = FHIRElement.items(header["meta"]?["tag"])
            let tag = tags.first { $0["system"]?.string?.contains("v2-0103") == true }?["code"]?.string
            let code = tag ?? FHIRElement.extensionValue(header["meta"], endingIn: "source-processing-id")
            if let code { return code.uppercased() == "P" }
        }
        return true
    }
}
