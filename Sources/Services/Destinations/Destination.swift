package import Regions
package import ServiceKit

/// A hospital's system that takes messages of this node, as the node's file names it.
package struct Destination: Equatable, Sendable {
    /// How its messages go.
    package enum Way: Equatable, Sendable {
        case mllp(MLLPReceiver)
        case fhir(FHIRServer)

        /// In which form the system takes messages.
        package var form: OutgoingForm {
            switch self {
            case .mllp: .hl7v2
            case .fhir: .fhir
            }
        }
    }

    /// HL7 v2 over MLLP.
    package struct MLLPReceiver: Equatable, Sendable {
        package var address: NetworkAddress
        package var encoding: MessageEncoding
        /// MSH-5 and MSH-6 of what goes there.
        package var application: String
        package var facility: String
        /// The CA that its certificate comes from; without one, messages go without TLS.
        package var authorityFile: String?

        package init(
            address: NetworkAddress, encoding: MessageEncoding = .utf8, application: String = "", facility: String = "",
            authorityFile: String? = nil
        ) {
            self.address = address
            self.encoding = encoding
            self.application = application
            self.facility = facility
            self.authorityFile = authorityFile
        }
    }

    /// FHIR over HTTPS.
    package struct FHIRServer: Equatable, Sendable {
        /// Without a slash at its end.
        package var url: String
        package var authorityFile: String
        /// The file with the bearer token; it is read again for every message.
        package var tokenFile: String

        package init(url: String, authorityFile: String, tokenFile: String) {
            self.url = url
            self.authorityFile = authorityFile
            self.tokenFile = tokenFile
        }
    }

    /// What may wait for the system at a time, and for how long.
    package struct Bounds: Equatable, Sendable {
        package var messages: Int
        package var bytes: Int
        package var days: Int

        package init(messages: Int = 10_000, bytes: Int = 64 << 20, days: Int = 7) {
            self.messages = messages
            self.bytes = bytes
            self.days = days
        }
    }

    package var name: String
    package var institution: InstitutionReference
    package var way: Way
    /// What it wants to be sent.
    package var wants: Set<OutgoingKind>
    package var bounds: Bounds

    package init(
        name: String, institution: InstitutionReference, way: Way, wants: Set<OutgoingKind>, bounds: Bounds = Bounds()
    ) {
        self.name = name
        self.institution = institution
        self.way = way
        self.wants = wants
        self.bounds = bounds
    }
}
