import Effects

/// A hospital's directory (OpenID Connect) whose people may sign in at the console.
package struct DirectorySettings: Hashable, Sendable {
    /// As the directory names itself, to the letter: in its discovery document and in every token.
    package var issuer: DirectoryAddress
    /// As the directory knows this console.
    package var client: String
    /// A file that holds the client's secret, readable by the node's user only.
    package var secretFile: String
    /// The CA that the directory's certificate comes from; none believes the authorities of the machine.
    package var authorityFile: String?
    /// What is asked for besides `openid`.
    package var scopes: [String] = ["profile"]
    /// The claim by which a new person's account is named.
    package var nameClaim = "preferred_username"
    /// The claim that holds the words which give roles.
    package var rolesClaim = "groups"
    package var roles: [RoleWord] = []
    /// The claim that names the person as the unit's register does; needed where a word gives a practitioner's role.
    package var practitionerClaim: String?
    /// The claim that names the unit where the person works.
    package var unitClaim: String?
    /// The unit where everybody of the directory works.
    package var unit: OrgUnitID?
    /// Levels of assurance of which a token has to name one (`acr`); empty asks for none.
    package var levels: [String] = []
    /// Ways of proving oneself that a token has to name all (`amr`); empty asks for none.
    package var methods: [String] = []

    /// A word of the directory and the role that it gives.
    package struct RoleWord: Hashable, Sendable {
        package var word: String
        /// By its name in the program.
        package var role: String

        package init(word: String, role: String) {
            self.word = word
            self.role = role
        }
    }

    package init(issuer: DirectoryAddress, client: String, secretFile: String, authorityFile: String? = nil) {
        self.issuer = issuer
        self.client = client
        self.secretFile = secretFile
        self.authorityFile = authorityFile
    }
}

/// Where a directory answers: `https://host:port/path`.
///
/// Plain HTTP goes to an address of this machine alone (`127.0.0.1`, `[::1]`), and only where a file says so: for trials.
package struct DirectoryAddress: Hashable, Sendable {
    package let text: String
    package let allowsPlainLoopback: Bool

    package static let limitBytes = 500

    /// - Parameter allowsQuery: an endpoint may have one, an issuer has none.
    /// - Returns: nil where the text is no such address.
    package init?(_ text: String, allowsPlainLoopback: Bool = false, allowsQuery: Bool = false) {
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !Self.forbidden.contains($0) }
        guard isPlain, text.utf8.count <= Self.limitBytes, allowsQuery || !text.contains("?") else { return nil }
        let isSecure = text.hasPrefix("https://")
        guard isSecure || (allowsPlainLoopback && text.hasPrefix("http://")) else { return nil }
        let authority = String(text.dropFirst(isSecure ? 8 : 7).prefix { $0 != "/" && $0 != "?" })
        let hasPort = authority.last == "]" ? false : authority.contains(":")
        guard let address = try? NetworkAddress(hasPort ? authority : authority + ":443"), address.port > 0,
            isSecure || Self.isLoopback(address.host)
        else { return nil }
        self.text = text
        self.allowsPlainLoopback = allowsPlainLoopback
    }

    /// What stands in no address of a directory: a person's name and password before the host, a fragment, quotation marks.
    private static let forbidden = Set("\"#<>@\\^`{|}".utf8)

    private static func isLoopback(_ host: String) -> Bool {
        guard let address = IPAddress(host) else { return false }
        return address.isVersion6 ? address == IPAddress("::1") : address.bytes.first == 127
    }
}
