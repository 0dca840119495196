import Accounts
import ConsoleKit
import Effects
import Regions

/// How what a directory claims of a person becomes an account's name and roles.
struct PersonRule: Sendable {
    let settings: DirectorySettings
    private let roles: [String: ConsoleRole]

    /// - Throws: `directory.noPractitioner`.
    init(_ settings: DirectorySettings) throws {
        self.settings = settings
        let pairs = settings.roles.compactMap { word in ConsoleRole(rawValue: word.role).map { (word.word, $0) } }
        roles = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        let hasUnit = settings.unit != nil || settings.unitClaim != nil
        if roles.values.contains(where: \.isPractitioner), settings.practitionerClaim == nil || !hasUnit {
            throw Failure(
                "directory.noPractitioner", "nothing says who in a unit's register a doctor or an expert is",
                place: "console.directory",
                remedy: "write 'practitionerClaim', and 'unit' or 'unitClaim', under 'directory'")
        }
    }

    /// - Throws: `directory.badPerson`.
    func person(_ claims: TokenClaims, back: String) throws -> DirectoryPerson {
        guard let subject = claims.text("sub", limitBytes: 255), subject.utf8.allSatisfy({ $0 < 0x80 }),
            let name = claims.text(settings.nameClaim, limitBytes: 200)
        else {
            throw Failure(
                "directory.badPerson", "the token does not say who the person is",
                remedy: "let the directory put 'sub' and the claim of 'nameClaim' into its tokens")
        }
        let words = claims.texts(settings.rolesClaim)
        return DirectoryPerson(
            issuer: settings.issuer.text, subject: subject, name: name,
            person: claims.text("name", limitBytes: 100) ?? name, roles: Set(words.compactMap { roles[$0] }),
            practitioner: settings.practitionerClaim.flatMap { claims.text($0, limitBytes: 64) },
            unit: settings.unit?.rawValue ?? settings.unitClaim.flatMap { claims.text($0, limitBytes: 64) }, back: back)
    }
}
