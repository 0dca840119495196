import Effects
import VerbKit

/// What the help says, in both languages.
///
/// What belongs to shared options and to a service's verbs stands beside them. The English stands in the verbs
/// themselves; it is repeated here as a key, with its line breaks as spaces and without its examples. Tests hold that every text of every verb is here, and nothing else.
enum HelpWords {
    static let all: [Wording] = own.flatMap { $0 } + ServiceVerbList.words.flatMap(\.help)

    private static let own: [[Wording]] = [
        program, node, config, account, log, manual, cert, region, importing, message, audit, acts, queue, peer, trace,
        backup,
        ledger, demo,
        simulate,
    ]

    private static let chinese = Dictionary(
        all.map { ($0.english, $0.chinese) }, uniquingKeysWith: { first, _ in first })

    /// A text of the help in Chinese; English where nobody has translated it.
    static func chinese(_ english: String) -> String {
        chinese[english] ?? english
    }
}
