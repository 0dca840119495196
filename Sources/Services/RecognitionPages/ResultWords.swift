import ConsoleKit
import Effects

/// What results say in codes, as people read it.
struct ResultWords {
    private let words: Words

    init(_ words: Words) {
        self.words = words
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
