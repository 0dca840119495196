/// What the message header says about the message.
extension HL7Message {
    /// MSH-9.1, `ORU`; of the older form `ORU_R01` too.
    package var messageCode: String {
        let code = header.field(9).component(1).text.uppercased()
        return code.split(separator: "_").first.map(String.init) ?? code
    }

    /// MSH-9.2, `R01`; from MSH-9.3 or `ORU_R01` where it is missing.
    package var triggerEvent: String {
        let type = header.field(9)
        if let event = type.component(2).value { return event.uppercased() }
        for component in [type.component(3).text, type.component(1).text] {
            let parts = component.split(separator: "_")
            if parts.count > 1 { return parts[1].uppercased() }
        }
        return ""
    }

    /// MSH-10.
    package var controlID: String { header.field(10).text }
    /// MSH-12.1.
    package var version: String { header.field(12).component(1).text }
    /// MSH-3, as it stands in the message.
    package var sendingApplication: String { header.field(3).raw }
    /// MSH-4, as it stands in the message.
    package var sendingFacility: String { header.field(4).raw }

    /// MSH-11, `nil` where it names a mode that HL7 does not have; an empty field means production.
    package var processingMode: ProcessingMode? {
        guard let code = header.field(11).component(1).value else { return .production }
        return ProcessingMode(rawValue: code.uppercased())
    }

    /// Whether the version is at least `major.minor`; an empty or unreadable version counts as 2.5.
    package func isVersion(atLeast minor: Int) -> Bool {
        let parts = version.split(separator: ".")
        guard parts.count > 1, parts[0] == "2", let number = Int(parts[1]) else { return minor <= 5 }
        return number >= minor
    }
}

/// What a message is for (MSH-11, table 0103).
package enum ProcessingMode: String, Equatable, Sendable {
    case production = "P"
    case training = "T"
    case debugging = "D"
}
