/// A text as it was read, with how sure it is.
package struct DICOMText: Equatable, Sendable {
    package enum Doubt: Int, Comparable, Sendable {
        case none
        /// The data set names no character set, or one that cannot be true; the text was read as what it looks like.
        case guessed
        /// Some bytes are no characters; U+FFFD stands for them.
        case damaged

        package static func < (left: Doubt, right: Doubt) -> Bool { left.rawValue < right.rawValue }
    }

    package var text: String
    package var doubt: Doubt

    package init(_ text: String, doubt: Doubt = .none) {
        self.text = text
        self.doubt = doubt
    }

    mutating func append(_ other: DICOMText) {
        text += other.text
        doubt = max(doubt, other.doubt)
    }
}
