import ConsoleKit
import Effects

/// What results say in codes, as people read it.
struct PersonWords {
    private let words: Words

    init(_ words: Words) {
        self.words = words
    }

    /// Name, sex and day of birth, as far as they are known.
    func line(_ name: String?, _ sex: String?, _ birthDate: String?) -> String {
        [name, sex.map(sexWord), birthDate.map(Self.day)].compactMap { $0 }.joined(separator: " · ")
    }

    private func sexWord(_ code: String) -> String {
        switch code {
        case "M": words("male", "男")
        case "F": words("female", "女")
        default: words("sex \(code)", "性别 \(code)")
        }
    }

    /// `19680412` as `1968-04-12`; anything else as it is.
    private static func day(_ text: String) -> String {
        let digits = Array(text)
        guard digits.count == 8, digits.allSatisfy(\.isNumber) else { return text }
        return String(digits[0..<4]) + "-" + String(digits[4..<6]) + "-" + String(digits[6..<8])
    }

    func status(_ word: String) -> String {
        switch word {
        case "final": words("final", "正式")
        case "preliminary": words("preliminary", "初步")
        case "corrected": words("corrected", "更正")
        case "amended": words("amended", "修订")
        case "void": words("voided", "已作废")
        default: word
        }
    }
}
