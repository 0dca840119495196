/// A failure as every interface over HTTP answers it, and every verb with `--json`.
package struct ProblemInfo: Codable, Sendable, Equatable {
    package var code: String
    /// What it means to whoever asked: a word of ``FailureClass``.
    package var failureClass: String
    /// What is wrong, with its particulars.
    package var message: String
    /// What is wrong in general.
    package var messageChinese: String
    package var place: String?
    /// What to do about it.
    package var remedy: String?
    /// What to do about it in general; none where the code is not known.
    package var remedyChinese: String?
    /// The id under which the node's log knows it; none where no node answered.
    package var correlation: String?

    package init(_ failure: Failure, in catalogue: FailureCatalogue, correlation: String? = nil) {
        let definition = catalogue[failure.code]
        code = failure.code.rawValue
        failureClass = catalogue.class(of: failure.code).rawValue
        message = failure.message
        messageChinese = (definition?.sentence ?? FailureClass.broken.sentence).chinese
        place = failure.place
        remedy = failure.remedy ?? definition?.remedy.english
        remedyChinese = definition?.remedy.chinese
        self.correlation = correlation
    }

    /// What nobody outside can mend: the log tells more under its correlation id.
    package init(hiding code: Failure.Code, correlation: String) {
        let sentence = FailureClass.broken.sentence
        self.code = code.rawValue
        failureClass = FailureClass.broken.rawValue
        message = sentence.english
        messageChinese = sentence.chinese
        self.correlation = correlation
    }

    private enum CodingKeys: String, CodingKey {
        case code
        case failureClass = "class"
        case message
        case messageChinese
        case place
        case remedy
        case remedyChinese
        case correlation
    }

    /// The failure that a client throws for it; the correlation stands at the end of the message.
    package var failure: Failure {
        Failure(
            Failure.Code(rawValue: code), correlation.map { "\(message) (correlation \($0))" } ?? message, place: place,
            remedy: remedy)
    }
}
