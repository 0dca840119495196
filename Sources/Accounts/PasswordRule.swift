package import Effects
import Foundation

/// What a password must be like: long, of three kinds of characters, and none that everybody tries first.
package enum PasswordRule {
    /// The same letters whatever keyboard typed them.
    static func normalised(_ password: String) -> String { password.precomposedStringWithCanonicalMapping }

    /// What is wrong with a password; nil where nothing is.
    package static func objection(to password: String, of account: String) -> Wording? {
        let characters = Array(normalised(password))
        if characters.count < Limits.passwordCharacters {
            return Wording(
                "it has fewer than \(Limits.passwordCharacters) characters", "少于 \(Limits.passwordCharacters) 个字符")
        }
        if password.utf8.count > Limits.passwordBytes { return Wording("it is too long", "太长") }
        if kinds(characters) < 3 {
            return Wording(
                "it needs three of: small letters, capitals, digits, other characters", "需含小写字母、大写字母、数字、其他字符中的三种")
        }
        let folded = password.lowercased()
        if folded.contains(account.lowercased()) { return Wording("it contains the account's name", "含有账号名") }
        if common.contains(where: folded.contains) || Set(characters).count < 5 {
            return Wording("it is one that everybody tries first", "太常见，容易被猜到")
        }
        return nil
    }

    private static func kinds(_ characters: [Character]) -> Int {
        let isOther: (Character) -> Bool = { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return [
            characters.contains { $0.isASCII && $0.isLowercase }, characters.contains { $0.isASCII && $0.isUppercase },
            characters.contains { $0.isASCII && $0.isNumber }, characters.contains(where: isOther),
        ].count { $0 }
    }

    /// What stands in most of the passwords that are guessed at hospitals.
    private static let common = [
        "password", "passw0rd", "p@ssw0rd", "123456", "654321", "111111", "000000", "888888", "qwerty", "1qaz2wsx",
        "abc123",
        "admin", "root123", "yiyuan", "hospital", "yilian", "woaini", "iloveyou", "letmein", "welcome", "changeme",
    ]
}
