import ArgumentParser
import Console
import Effects
import Identity
import ServiceKit
import VerbKit

/// The verbs of `yilian identity`.
struct IdentityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity", abstract: "Who is who: link and separate the identifiers of people (多码融合).",
        discussion: """
            Nothing is merged silently: a link and a separation say who found it, on which evidence, and stay in the log.

            Example: yilian identity show --data DIR --citizen-id - --practitioner dr-li --order O-7
            """,
        subcommands: [
            IdentityShow.self, IdentityLookupVerb.self, IdentityLink.self, IdentitySeparate.self, IdentityLog.self,
        ])
}

/// The verb `yilian identity show`.
struct IdentityShow: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what this node knows of a person: identifiers, links, separations.",
        discussion: """
            Identifiers in clear are shown as far as they lie at this node. Exit code 1: nothing here names this person.

            Example: yilian identity show --data DIR --citizen-id - --practitioner dr-li --order O-7
            """)
    static let endpoint = IdentityEndpoints.show

    @OptionGroup var node: NodeOptions
    @OptionGroup var person: PersonOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var output: OutputOptions

    func question() throws -> RecordQuestion { try access.question(about: person) }
    func show(_ found: PersonInfo) { IdentitySheet.show(found) }

    func ending(_ found: PersonInfo) -> ExitCode? {
        if !found.isKnown { return .failure }
        return found.isTruncated ? .degraded : nil
    }
}

/// The verb `yilian identity lookup`.
struct IdentityLookupVerb: AskingVerb {
    static let configuration = CommandConfiguration(
        commandName: "lookup", abstract: "From one identifier of a person to the others that lie at this node.",
        discussion: """
            Example: yilian identity lookup --of-type MR --data DIR --citizen-id - --practitioner dr-li --order O-7
            """)
    static let endpoint = IdentityEndpoints.lookup

    @OptionGroup var node: NodeOptions
    @OptionGroup var person: PersonOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("Only identifiers of this kind, such as MR or citizenID.", valueName: "type"))
    var ofType: String?

    @Option(help: ArgumentHelp("Only identifiers that this authority issued.", valueName: "authority"))
    var ofIssuer: String?

    func question() throws -> IdentityLookup {
        IdentityLookup(question: try access.question(about: person), type: ofType, authority: ofIssuer)
    }

    func show(_ found: PersonInfo) { IdentitySheet.show(found) }
    func ending(_ found: PersonInfo) -> ExitCode? { found.isTruncated ? .degraded : nil }
}

/// The verb `yilian identity log`.
struct IdentityLog: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "List who linked and separated what, on which evidence, newest first.",
        discussion: """
            Shows no identifier; `identity show` does, about one person. Exit code 3: there are more than --limit.

            Example: yilian identity log --limit 20 --data DIR
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @OptionGroup var limit: LimitOption

    func run() async throws {
        let asked = limit.asked
        let records: [IdentityRecordInfo] = try await node.talk {
            try await $0.ask(IdentityEndpoints.log, .init(limit: asked))
        }
        try limit.show(records, isForPeople: !output.json) { shown in
            if output.json { try Terminal.json(shown) } else { IdentitySheet.show(shown) }
        }
    }
}
