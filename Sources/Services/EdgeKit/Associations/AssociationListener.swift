package import Regions

/// A port on which systems of one institution speak DICOM's own protocol (PS3.7, PS3.8).
package struct AssociationListener: Hashable, Sendable {
    package var listen: NetworkAddress
    package var institution: InstitutionReference
    /// By which application entity title it is called.
    package var title: String
    /// Who may connect; never empty.
    package var clients: [AddressRange]
    /// The titles by which callers may name themselves; none: whoever may connect.
    package var callers: [String]
    package var tls: ListenerTLS?
    /// For what its systems ask about patients; none may not ask.
    package var purpose: String?
    /// On whose behalf they ask: the protocol names nobody.
    package var practitioner: String?

    package init(
        listen: NetworkAddress, institution: InstitutionReference, title: String, clients: [AddressRange],
        callers: [String] = [], tls: ListenerTLS? = nil, purpose: String? = nil, practitioner: String? = nil
    ) {
        self.listen = listen
        self.institution = institution
        self.title = title
        self.clients = clients
        self.callers = callers
        self.tls = tls
        self.purpose = purpose
        self.practitioner = practitioner
    }
}
