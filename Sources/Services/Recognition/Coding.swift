/// A concept with the codes that a message gave for it, in their order.
package struct Coding: Equatable, Sendable {
    /// One code of one coding system.
    package struct Code: Equatable, Sendable {
        package var code: String
        package var display: String
        /// The coding system as the message names it (`LN`, `99LAB`, `http://loinc.org`).
        package var system: String

        package init(code: String, display: String = "", system: String = "") {
            self.code = code
            self.display = display
            self.system = system
        }
    }

    package var codes: [Code]
    /// Free text where the message gives one apart from the codes.
    package var text: String?

    package init(codes: [Code], text: String? = nil) {
        self.codes = codes
        self.text = text
    }

    /// The first code, for keys; empty where the message gives none.
    package var code: String { codes.first { !$0.code.isEmpty }?.code ?? "" }
    /// What a person reads: the first display text, else the free text, else the code.
    package var display: String {
        codes.first { !$0.display.isEmpty }?.display ?? text ?? code
    }
}
