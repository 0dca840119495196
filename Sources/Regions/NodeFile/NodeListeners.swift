import Effects

/// A port on which one institution's systems deliver HL7 v2 messages.
package struct MLLPListener: Hashable, Sendable {
    package var listen: NetworkAddress
    package var institution: InstitutionReference
    /// Who may connect; never empty.
    package var clients: [AddressRange]
    /// The character encoding of messages that name none in MSH-18.
    package var encoding: MessageEncoding
    package var tls: ListenerTLS?

    package init(
        listen: NetworkAddress, institution: InstitutionReference, clients: [AddressRange],
        encoding: MessageEncoding = .utf8, tls: ListenerTLS? = nil
    ) {
        self.listen = listen
        self.institution = institution
        self.clients = clients
        self.encoding = encoding
        self.tls = tls
    }

    /// Whether a peer's address may connect; a text that is no address may not.
    package func allows(_ address: String) -> Bool {
        guard let address = IPAddress(address) else { return false }
        return clients.contains { $0.contains(address) }
    }
}

/// An institution, named by its unit's id in the region or by its 22-character code.
package enum InstitutionReference: Hashable, Sendable, CustomStringConvertible {
    case unit(OrgUnitID)
    case code(InstitutionCode)

    /// The unit of the region that is meant; none where the region has none.
    package func unit(in region: RegionConfiguration) -> OrganizationUnit? {
        switch self {
        case .unit(let id): region.organizationUnit(id)
        case .code(let code): region.organizationUnit(institution: code)
        }
    }

    package var description: String {
        switch self {
        case .unit(let id): id.rawValue
        case .code(let code): code.rawValue
        }
    }
}

/// A character encoding of HL7 v2 messages.
package enum MessageEncoding: String, CaseIterable, Hashable, Sendable {
    case utf8 = "UTF-8"
    case gb18030 = "GB18030"
    case latin1 = "8859/1"
}

/// TLS on an MLLP listener.
package struct ListenerTLS: Hashable, Sendable {
    package var certificateFile: String
    package var keyFile: String
    /// The CA that clients' certificates come from; none asks for no client certificate.
    package var clientAuthorityFile: String?

    package init(certificateFile: String, keyFile: String, clientAuthorityFile: String? = nil) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.clientAuthorityFile = clientAuthorityFile
    }
}

/// The port on which hospital systems and operators use HTTPS.
package struct HTTPSListener: Hashable, Sendable {
    package var listen: NetworkAddress
    /// What clients call it, as a host and a port, for addresses in answers; without one, where it was reached.
    package var name: String?
    /// The certificate that it shows; none shows the node's own.
    package var certificateFile: String?
    package var keyFile: String?
    package var systems: [HospitalSystem]

    package init(
        listen: NetworkAddress, name: String? = nil, certificateFile: String? = nil, keyFile: String? = nil,
        systems: [HospitalSystem] = []
    ) {
        self.listen = listen
        self.name = name
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.systems = systems
    }
}

/// The port on which people use the console with a browser.
package struct ConsoleListener: Hashable, Sendable {
    package var listen: NetworkAddress
    /// What browsers call it; a directory sends people back there.
    package var name: NetworkAddress?
    /// The certificate that it shows; none shows the node's own.
    package var certificateFile: String?
    package var keyFile: String?
    /// Whether the node makes links that sign somebody in once, for showing a region in which nothing is real.
    package var allowsLinks: Bool
    /// Whose people may sign in besides those with an account here.
    package var directory: DirectorySettings?

    package init(
        listen: NetworkAddress, name: NetworkAddress? = nil, certificateFile: String? = nil, keyFile: String? = nil,
        allowsLinks: Bool = false, directory: DirectorySettings? = nil
    ) {
        self.listen = listen
        self.name = name
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.allowsLinks = allowsLinks
        self.directory = directory
    }
}

/// A hospital's system that speaks to this node over HTTPS, known by its bearer token.
package struct HospitalSystem: Hashable, Sendable {
    package var name: String
    package var institution: InstitutionReference
    /// A file that holds the token, readable by the node's user only.
    package var tokenFile: String
    /// For what it asks about patients, such as `treatment` or `emergency`; none may not ask.
    package var purpose: String?
    /// The practitioner on whose behalf it asks where a request names nobody.
    package var practitioner: String?

    package init(
        name: String, institution: InstitutionReference, tokenFile: String, purpose: String? = nil,
        practitioner: String? = nil
    ) {
        self.name = name
        self.institution = institution
        self.tokenFile = tokenFile
        self.purpose = purpose
        self.practitioner = practitioner
    }
}

extension YAMLMapping {
    /// The institution that a mapping names by its key `unit` or `institution`; one of them must be there.
    package func institution() -> InstitutionReference? {
        let unit = optional("unit") { InstitutionReference.unit(try OrgUnitID($0)) }
        let code = optional("institution") { InstitutionReference.code(try InstitutionCode($0)) }
        if has("unit") == has("institution") {
            let problem = has("unit") ? "both 'unit' and 'institution'" : "neither 'unit' nor 'institution'"
            report(
                "config.institution", "there is \(problem)", key: has("unit") ? "institution" : nil,
                remedy: "name the institution by its unit id in region.yaml, or by its 22-character code")
            return nil
        }
        return unit ?? code
    }
}

extension NodeFile {
    /// What of an institution that an item names does not fit the region; none where it is one of this node's.
    ///
    /// - Parameter item: the dotted path of the item, such as `destinations.0`.
    package func finding(
        _ item: String, _ reference: InstitutionReference, in region: RegionConfiguration
    ) -> NodeFileFinding? {
        let message: String
        if let unit = reference.unit(in: region) {
            guard !region.everDelivers(unit, to: node) else { return nil }
            message = "unit '\(unit.id)' belongs to node '\(unit.node)', not to this one"
        } else {
            message = "the region has no unit '\(reference)'"
        }
        let own = region.organizationUnits(at: node).map(\.id.rawValue)
        let key = if case .unit = reference { "unit" } else { "institution" }
        return NodeFileFinding(
            "\(item).\(key)", message,
            remedy: Spelling.remedy(
                for: reference.description, among: own,
                else: "name a unit of this node" + (own.isEmpty ? "" : ": " + own.joined(separator: ", "))))
    }
}
