import Console

/// Breaks a text into lines for a terminal: between any two Chinese characters, else at spaces.
enum WrappedText {
    /// Signs with which no line begins.
    private static let closing: Set<Character> = ["，", "。", "；", "：", "、", "？", "）", "」", "”", "…", ",", ".", ";", ")"]

    static func lines(_ text: String, columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in pieces(text) {
            let isFull = TextTable.width(of: line + piece.trimmingSuffix { $0 == " " }) > columns
            if isFull, !line.isEmpty, piece.first.map({ !closing.contains($0) }) ?? true {
                lines.append(line.trimmingSuffix { $0 == " " })
                line = ""
            }
            line += piece
        }
        return lines + [line.trimmingSuffix { $0 == " " }]
    }

    /// What is not broken: a Chinese character, or a word with the space after it.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        var word = ""
        for character in text {
            if TextTable.width(of: String(character)) > 1 {
                if !word.isEmpty { pieces.append(word) }
                pieces.append(String(character))
                word = ""
            } else {
                word.append(character)
                if character == " " {
                    pieces.append(word)
                    word = ""
                }
            }
        }
        return word.isEmpty ? pieces : pieces + [word]
    }
}

extension String {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> String {
        var text = self[...]
        while let last = text.last, isTrimmed(last) { text.removeLast() }
        return String(text)
    }
}
