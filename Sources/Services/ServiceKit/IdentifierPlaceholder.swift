import Trust

/// Tells numbers of persons from what systems and people write where there is none.
///
/// A value is a place-holder where, without case, blanks and punctuation, it is
/// 1. nothing, or one of the words below, or words alone: what has no digit and no Latin letter (`急诊`, `新生儿`) is a kind of
///    patient, not one;
/// 2. zeros only, however many, also with a check character X; one letter or ideograph repeated; one other digit six times or more, or nines four
///    times or more;
/// 3. where nobody is named who issued it, the digits in their order from 0 or 1, or from 9 down, six or more of them
///    (`123456`, `0123456789`, `987654`): a house that names itself may well have come to that number.
///
/// Leading zeros of any other number stay. A real patient who has such a number in a house is refused with a reason, and
/// found by the other numbers; the other mistake would be somebody else's result.
package enum IdentifierPlaceholder {
    /// Words for something that is missing.
    static let missing: Set<String> = [
        "无", "没有", "暂无", "暂缺", "缺", "空", "未知", "不详", "不明", "未提供", "未填", "未填写", "未登记", "待补", "待查", "无名", "无名氏",
        "无卡", "无号", "na", "nil", "null", "none", "no", "nan", "unknown", "unk", "undefined", "empty", "blank",
        "missing",
        "notavailable", "notapplicable", "noid", "nobody", "anonymous", "tbd", "nullflavor", "asku", "nask", "nav",
    ]
    /// Words of somebody who tries something out.
    private static let trial: Set<String> = ["测试", "test", "testpatient", "dummy", "temp"]

    /// - Parameter isIssued: whether it comes with the name of who issued it.
    static func isOne(_ value: String, isIssued: Bool) -> Bool {
        let text = plain(value)
        guard let first = text.unicodeScalars.first else { return true }
        let isRepeated = text.unicodeScalars.allSatisfy { $0 == first }
        if isRepeated, repeats(first, text.unicodeScalars.count) { return true }
        if first == "0", text.hasSuffix("x"), text.dropLast().allSatisfy({ $0 == "0" }) { return true }
        if !text.unicodeScalars.contains(where: isOfNumbers) { return true }
        return missing.contains(text) || trial.contains(text) || (!isIssued && isRun(text))
    }

    /// A value without case, blanks and punctuation.
    static func plain(_ value: String) -> String {
        var text = String.UnicodeScalarView()
        text.append(
            contentsOf: PatientIdentifierNormaliser.normalise(value).lowercased().unicodeScalars.filter { scalar in
                !scalar.properties.isWhitespace && !isPunctuation(scalar)
            })
        return String(text)
    }

    /// Whether numbers of persons are made of it: digits of any script, Latin, Greek and Cyrillic letters.
    private static func isOfNumbers(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .decimalNumber || (scalar.properties.isAlphabetic && scalar.value < 0x0530)
    }

    private static func repeats(_ scalar: Unicode.Scalar, _ count: Int) -> Bool {
        switch scalar {
        case "0": true
        case "9": count >= 4
        case "1"..."8": count >= 6
        default: count >= 2
        }
    }

    private static func isRun(_ word: String) -> Bool {
        guard word.utf8.count >= 6 else { return false }
        return ["1234567890", "0123456789", "9876543210"].contains { $0.hasPrefix(word) }
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .dashPunctuation, .otherPunctuation, .connectorPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .mathSymbol, .modifierSymbol, .otherSymbol, .currencySymbol,
            .control, .format:
            true
        default: false
        }
    }
}
