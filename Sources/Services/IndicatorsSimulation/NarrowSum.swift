import Indicators
import Simulator
import Storage

/// Reads the parts of others' figures into 32 bits.
struct NarrowSum: StatementTamper {
    func changed(_ row: SQLRow, of question: StatementQuestion) -> SQLRow {
        guard question.sql.text.hasPrefix("SELECT entry, fields FROM indicator_submission"),
            let bytes = row.optionalBytes(1), var submission = try? IndicatorSubmission(bytes: bytes)
        else { return row }
        submission.total = IndicatorSheet(
            submission.total.parts.mapValues { parts in
                IndicatorParts(
                    numerator: Int64(Int32(truncatingIfNeeded: parts.numerator)),
                    denominator: Int64(Int32(truncatingIfNeeded: parts.denominator)), histogram: parts.histogram)
            })
        guard let narrow = try? submission.encoded() else { return row }
        return SQLRow([row.values[0], .bytes(narrow)])
    }
}
