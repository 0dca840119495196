import Effects
import Ledgers
import Regions

extension AuthorRule {
    /// The unit is the author's own, and every contribution is of a node that it managed at the period's end.
    static let submission = AuthorRule { question in
        let submission = try IndicatorSubmission(bytes: question.entry.fields)
        guard submission.unit == question.entry.author else {
            throw Failure("author.notItself", "a submission speaks for another unit than the one that sealed it")
        }
        let tree = question.region.tree(at: submission.period.lastMoment)
        guard submission.contributions.allSatisfy({ tree.parent(of: $0.unit) == submission.unit }),
            submission.contributions.allSatisfy({ $0.entry.author == $0.unit })
        else {
            throw Failure(
                "author.notParent",
                "\(submission.unit) sums figures of a unit that it did not manage at the period's end")
        }
    }
}
