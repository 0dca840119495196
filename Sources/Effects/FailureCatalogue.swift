/// The codes of failures that a part of the program knows, with what they mean.
///
/// The lists come from the modules below that part and from its services, one line each.
package struct FailureCatalogue: Sendable {
    private let byCode: [Failure.Code: FailureDefinition]

    /// The lists put together; of two definitions of one code the first counts, and a test finds the second.
    package init(_ lists: [FailureDefinition]...) {
        byCode = Dictionary(lists.joined().map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private init(_ byCode: [Failure.Code: FailureDefinition]) {
        self.byCode = byCode
    }

    package func adding(_ lists: [FailureDefinition]...) -> FailureCatalogue {
        FailureCatalogue(byCode.merging(lists.joined().map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first }))
    }

    /// What a code means; `nil` for one that this part does not know, such as one of a newer node.
    package subscript(_ code: Failure.Code) -> FailureDefinition? { byCode[code] }

    /// What a failure of this code means to whoever asked.
    ///
    /// A code that is not known is ``FailureClass/broken``: nobody is told to try again, or to repair a message,
    /// without a reason.
    package func `class`(of code: Failure.Code) -> FailureClass {
        byCode[code]?.class ?? .broken
    }

    /// What is wrong and what to do, in Chinese: for a code that is not known, what its class says.
    package func chineseText(of code: Failure.Code) -> String {
        byCode[code]?.chineseText ?? FailureClass.broken.sentence.chinese + "。"
    }

    /// Every definition, by code.
    package var definitions: [FailureDefinition] {
        byCode.values.sorted { $0.code.rawValue < $1.code.rawValue }
    }
}
