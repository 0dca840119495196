package import ConsoleKit
package import Effects

/// A directory elsewhere that says who somebody is: the browser goes there, and comes back with a proof.
///
/// What it is and how it proves anything, accounts and pages do not know.
package protocol PersonDirectory: Sendable {
    /// Since when it has not answered; nil where it did when it was last asked.
    var awaySince: WallTime? { get }

    /// Sends a browser to the directory.
    ///
    /// - Parameter back: where the person wants to be afterwards; comes back as it is.
    /// - Throws: `directory.unreachable`, `directory.busy`, `directory.badAnswer`.
    func begin(back: String) async throws -> DirectoryDeparture

    /// Finds out who has come back.
    ///
    /// - Throws: `directory.…`, each reason under a code of its own. Whatever it throws, nobody is let in.
    func finish(_ arrival: DirectoryArrival) async throws -> DirectoryPerson
}

/// A browser on its way to a directory.
package struct DirectoryDeparture: Hashable, Sendable {
    /// Where it goes.
    package var address: String
    /// What it keeps in a cookie and brings back: without it nobody arrives.
    package var ticket: String

    package init(address: String, ticket: String) {
        self.address = address
        self.ticket = ticket
    }
}

/// A browser that a directory has sent back.
package struct DirectoryArrival: Hashable, Sendable {
    /// What its cookie holds.
    package var ticket: String
    package var state: String
    package var code: String
    /// Why the directory lets nobody in; empty where it does.
    package var error: String
    /// Who says that it has sent the browser; empty where nobody says so.
    package var issuer: String

    package init(ticket: String, state: String, code: String, error: String = "", issuer: String = "") {
        self.ticket = ticket
        self.state = state
        self.code = code
        self.error = error
        self.issuer = issuer
    }
}

/// Who somebody is, as a directory has proved it now.
package struct DirectoryPerson: Hashable, Sendable {
    package var issuer: String
    /// As the directory knows the person for ever; never given to another.
    package var subject: String
    /// By what the directory lets the person sign in; may change, and may be given to another person.
    package var name: String
    /// How the person is called.
    package var person: String
    package var roles: Set<ConsoleRole>
    package var practitioner: String?
    package var unit: String?
    /// Where the person wanted to be.
    package var back: String

    package init(
        issuer: String, subject: String, name: String, person: String, roles: Set<ConsoleRole>,
        practitioner: String? = nil, unit: String? = nil, back: String = "/"
    ) {
        self.issuer = issuer
        self.subject = subject
        self.name = name
        self.person = person
        self.roles = roles
        self.practitioner = practitioner
        self.unit = unit
        self.back = back
    }
}
