import ArgumentParser
import Console
import Identity
import ServiceKit
import VerbKit

/// The verb `yilian identity link`.
struct IdentityLink: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Write that several identifiers belong to one person.",
        discussion: """
            A separation that stands between them is not passed over: it must be named with --overrule. Exit
            code 3: it counts at this node alone until the unit has reported under these identifiers.

            Example: yilian identity link --citizen-id - --also - --evidence document --data DIR --practitioner dr-li
              --order O-7
            """)
    static let endpoint = IdentityEndpoints.link

    @OptionGroup var node: NodeOptions
    @OptionGroup var person: PersonOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var output: OutputOptions

    @Option(help: IdentifierText.help("Another identifier of the same person"))
    var also: [String]

    @Option(help: "document, ehealthCard, insurance, registry, operator, or a code of the region's own.")
    var evidence: String

    @Option(help: ArgumentHelp("Where the evidence is found; no personal data.", valueName: "text"))
    var reference: String?

    @Option(help: ArgumentHelp("A separation that is hereby declared wrong.", valueName: "entry"))
    var overrule: [String] = []

    func question() throws -> IdentityLinking {
        IdentityLinking(
            question: try access.question(about: person), others: try also.map(IdentifierText.read),
            evidence: evidence, reference: reference, overrules: overrule)
    }

    func show(_ receipt: IdentityReceiptInfo) { IdentitySheet.show(receipt, deed: "关联 link") }
    func ending(_ receipt: IdentityReceiptInfo) -> ExitCode? { receipt.isHereOnly == true ? .degraded : nil }
}

/// The verb `yilian identity separate`.
struct IdentitySeparate: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "separate", abstract: "Write that a merge was wrong: two identifiers are two persons'.",
        discussion: """
            Undoes the links that name both, and keeps the two persons apart whatever reports name both. Exit code 3:
            links over other identifiers still lead from the one to the other; name the wrong one with --link.

            Example: yilian identity separate --citizen-id - --from - --reason 登记错误 --data DIR --practitioner dr-li
              --order O-7
            """)
    static let endpoint = IdentityEndpoints.separate

    @OptionGroup var node: NodeOptions
    @OptionGroup var person: PersonOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var output: OutputOptions

    @Option(help: IdentifierText.help("An identifier of the other person"))
    var from: [String]

    @Option(help: ArgumentHelp("A link that was wrong.", valueName: "entry"))
    var link: [String] = []

    @Option(help: ArgumentHelp("Why; no personal data.", valueName: "text"))
    var reason: String

    func question() throws -> IdentitySeparating {
        IdentitySeparating(
            question: try access.question(about: person), from: try from.map(IdentifierText.read), links: link,
            reason: reason)
    }

    func show(_ receipt: IdentityReceiptInfo) { IdentitySheet.show(receipt, deed: "拆分 separation") }

    func ending(_ receipt: IdentityReceiptInfo) -> ExitCode? {
        !receipt.stillJoinedBy.isEmpty || receipt.isHereOnly == true ? .degraded : nil
    }
}
