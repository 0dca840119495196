import Regions

import Foundation

/// Finds the code that a spelling stands for, however the systems write it.
///
/// Full-width letters, superscripts, the three signs for micro (µ, μ, u) and spaces make no difference. Letters count
/// as they are written first (`mmol/L` is no `Mmol/L`); where no such spelling is known, their case is left aside,
/// unless two codes would answer.
struct SpellingTable: Sendable {
    /// The spellings as they were registered, so that the usual case costs one look-up.
    private var literal: [String: String] = [:]
    private var folded: [String: String] = [:]
    /// No code where two of them answer.
    private var caseless: [String: String?] = [:]

    /// - Parameter entries: codes with their spellings; of two that share one, the first has it.
    init(_ entries: [(code: String, spellings: [String])]) {
        for (code, spellings) in entries {
            for spelling in spellings {
                let fold = Self.fold(spelling)
                guard !fold.isEmpty else { continue }
                if literal[spelling] == nil { literal[spelling] = code }
                if folded[fold] == nil { folded[fold] = code }
                let lowercased = fold.lowercased()
                if let other = caseless[lowercased], other != code {
                    caseless[lowercased] = .some(nil)
                } else {
                    caseless[lowercased] = code
                }
            }
        }
    }

    func code(for spelling: String) -> String? {
        if let code = literal[spelling] { return code }
        let fold = Self.fold(spelling)
        return folded[fold] ?? caseless[fold.lowercased()] ?? nil
    }

    /// The form in which spellings are compared: compatibility characters in their plain form (NFKC), `10⁹` as `10^9`,
    /// micro as `u`, no spaces.
    static func fold(_ text: String) -> String {
        var raised = ""
        var afterDigit = false
        for scalar in text.unicodeScalars {
            if let digit = superscripts[scalar] {
                raised.unicodeScalars.append(contentsOf: afterDigit ? ["^", digit] : [digit])
                afterDigit = false
            } else {
                raised.unicodeScalars.append(scalar)
                afterDigit = scalar.properties.numericType == .decimal
            }
        }
        var fold = ""
        for scalar in raised.precomposedStringWithCompatibilityMapping.unicodeScalars {
            if scalar.properties.isWhitespace { continue }
            fold.unicodeScalars.append(plain[scalar] ?? scalar)
        }
        return fold
    }

    private static let superscripts: [Unicode.Scalar: Unicode.Scalar] = [
        "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9", "⁻": "-",
    ]

    /// Greek mu, the division signs and the middle dots; NFKC has already made the micro sign a mu.
    private static let plain: [Unicode.Scalar: Unicode.Scalar] = [
        "\u{3BC}": "u", "\u{2215}": "/", "\u{2044}": "/", "\u{B7}": ".", "\u{22C5}": ".", "\u{2212}": "-",
    ]
}
