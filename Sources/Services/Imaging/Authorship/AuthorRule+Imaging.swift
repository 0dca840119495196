import Effects
import Ledgers
import Wire

extension AuthorRule {
    /// The node itself, for a unit that delivers to it: such entries never leave their author.
    static let imagingInstance = AuthorRule { question in
        guard question.entry.author == question.node else {
            throw Failure("author.notItself", "\(question.entry.author) wrote what only a node itself may write")
        }
        try question.requireDelivery(of: try ImagingFields(wireBytes: question.entry.fields).unit)
    }
}
