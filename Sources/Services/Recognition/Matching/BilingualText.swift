/// One sentence in Chinese and the same in English.
package struct BilingualText: Sendable, Equatable {
    package var chinese: String
    package var english: String

    package init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }
}
