package import ConsoleKit
package import Effects
import Trust

/// A person who may sign in at this node.
package struct Account: Hashable, Sendable {
    /// By what the person signs in: small letters, digits, `.` and `-`.
    package var name: String
    /// How the person is called.
    package var person: String
    package var roles: Set<ConsoleRole>
    /// As the unit's register names the person.
    package var practitioner: String?
    package var unit: String?
    /// When the password was set.
    package var passwordAt: WallTime
    /// Whether another password must be chosen at the next sign-in.
    package var mustChange: Bool
    /// Until when the first password holds; none where the person has chosen one.
    package var firstPasswordUntil: WallTime?
    /// Whether a device shows codes for it.
    package var hasDevice: Bool
    package var lockedUntil: WallTime?
    package var disabledAt: WallTime?
    package var createdAt: WallTime
    package var lastSignIn: WallTime?
    /// The directory that keeps password, second factor and roles; none where they are kept here.
    package var issuer: String?

    /// - Throws: `account.badName`.
    package static func checkedName(_ text: String) throws -> String {
        let name = text.lowercased()
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard (2...40).contains(name.utf8.count), isPlain, name.first?.isLetter == true else {
            throw Failure(
                "account.badName", "an account's name has 2 to 40 small letters, digits, '.' and '-', a letter first",
                remedy: "choose such a name; how the person is called stands beside it")
        }
        return name
    }

    /// The name of an account that a directory names: what it uses is less narrow than what is typed here.
    ///
    /// - Throws: `directory.badName`.
    package static func checkedDirectoryName(_ text: String) throws -> String {
        let name = text.lowercased()
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: "._-@".utf8.contains(byte)
            }
        }
        guard (1...100).contains(name.utf8.count), isPlain else {
            throw Failure(
                "directory.badName", "the directory gives no name that an account can have",
                remedy: "name another claim under 'nameClaim', one with letters, digits, '.', '_', '-' and '@'")
        }
        return name
    }

    /// What keeps these roles from one person, or a practitioner's role from somebody without a register's entry.
    ///
    /// - Throws: `account.roles`, `account.noPractitioner`.
    package static func check(_ roles: Set<ConsoleRole>, practitioner: String?, unit: String?) throws(Failure) {
        guard ConsoleRole.mayStandTogether(roles) else {
            throw Failure(
                "account.roles", "an administrator's role goes with no other role",
                remedy: "make another account for another person")
        }
        if roles.contains(where: \.isPractitioner), (practitioner ?? "").isEmpty || (unit ?? "").isEmpty {
            throw Failure(
                "account.noPractitioner", "a doctor or an expert needs a practitioner of a unit's register",
                remedy: "name the practitioner and the unit")
        }
    }

    package var visitor: Visitor {
        Visitor(account: name, name: person, roles: roles, practitioner: practitioner, unit: unit)
    }
}
