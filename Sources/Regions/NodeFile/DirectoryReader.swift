import Effects

/// Reads `console.directory` of a node's file.
struct DirectoryReader {
    private static let keys = [
        "issuer", "client", "secretFile", "authority", "plainLoopback", "scopes", "nameClaim", "rolesClaim", "roles",
        "practitionerClaim", "unitClaim", "unit", "levels", "methods",
    ]

    let section: YAMLMapping
    let sections: ConfigurationSections
    let path: (String) throws -> String

    /// - Parameter console: the section `console`, in which it stands.
    /// - Returns: nil where the file has no such section.
    init?(in console: YAMLMapping, sections: ConfigurationSections, path: @escaping (String) throws -> String) {
        guard
            let section = console.mapping("directory", required: false, what: "'directory'", keys: Self.keys)
        else { return nil }
        self.section = section
        self.sections = sections
        self.path = path
    }

    func read() -> DirectorySettings? {
        let plain = section.optional("plainLoopback", default: "false", YAMLValue.flag) ?? false
        let issuer = section.required("issuer") { try Self.address($0, allowsPlainLoopback: plain) }
        let client = section.required("client", Self.word)
        let secretFile = section.required("secretFile", path)
        let authorityFile = section.optional("authority", path)
        let scopes = section.has("scopes") ? section.list("scopes", required: true, Self.word) : nil
        let name = section.optional("nameClaim", default: "preferred_username", Self.word)
        let words = section.optional("rolesClaim", default: "groups", Self.word)
        let roles = readRoles()
        let practitioner = section.optional("practitionerClaim", Self.word)
        let unitClaim = section.optional("unitClaim", Self.word)
        let unit = section.optional("unit") { try OrgUnitID($0) }
        if section.has("unit"), section.has("unitClaim") {
            section.report(
                "config.institution", "there is both 'unit' and 'unitClaim'", key: "unitClaim",
                remedy: "write 'unit' where all work in one, else 'unitClaim'")
        }
        let levels = section.list("levels", required: false, Self.word)
        let methods = section.list("methods", required: false, Self.word)
        guard let issuer, let client, let secretFile else { return nil }
        var settings = DirectorySettings(
            issuer: issuer, client: client, secretFile: secretFile, authorityFile: authorityFile)
        if let scopes { settings.scopes = scopes.filter { $0 != "openid" } }
        if let name { settings.nameClaim = name }
        if let words { settings.rolesClaim = words }
        settings.roles = roles
        settings.practitionerClaim = practitioner
        settings.unitClaim = unitClaim
        settings.unit = unit
        settings.levels = levels
        settings.methods = methods
        return settings
    }

    private func readRoles() -> [DirectorySettings.RoleWord] {
        guard section.has("roles") else {
            section.report(
                "config.missingKey", "'directory' has no 'roles'", remedy: "add 'roles: …' to it")
            return []
        }
        let role = YAMLValue.known(sections.consoleRoles, what: "role")
        let found = section.table("roles", name: YAMLValue.text, value: role)
        return found.map { DirectorySettings.RoleWord(word: $0.0, role: $0.1) }
    }

    private static func address(_ text: String, allowsPlainLoopback: Bool) throws -> DirectoryAddress {
        guard let address = DirectoryAddress(text, allowsPlainLoopback: allowsPlainLoopback) else {
            throw Failure(
                "config.badValue", "this is not the address of a directory",
                remedy: "write its issuer to the letter, as https://host:port/path")
        }
        return address
    }

    /// A word without blanks, as claims, scopes and clients are named.
    private static func word(_ text: String) throws -> String {
        guard text.utf8.count <= 200, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C })
        else {
            throw Failure(
                "config.badValue", "\(NameForm.shown(text)) is not a word that a directory uses",
                remedy: "write letters, digits and marks without blanks")
        }
        return text
    }
}
