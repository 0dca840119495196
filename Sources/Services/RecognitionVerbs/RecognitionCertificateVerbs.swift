import ArgumentParser
import Console
import Effects
import Foundation
import RecognitionEdge
import VerbKit

/// The verb `yilian recognition certify`.
struct RecognitionCertify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certify", abstract: "Publish quality certificates from the dispatcher to the whole region.",
        discussion: """
            A file holds a JSON array: number, unit, item or classes, scope, from, to, programme. The same number again
            with other dates takes the place of what was published before.

            Example: yilian recognition certify certificates.json --data /var/lib/yilian/diaodu
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("The file with the certificates.", valueName: "file"))
    var file: String

    func run() async throws {
        let text = try World.system.disk.readText(file, limitBytes: Limits.configurationFileBytes)
        let certificates: [CertificateInfo]
        do {
            certificates = try JSONDecoder().decode([CertificateInfo].self, from: Data(text.utf8))
        } catch {
            throw Failure(
                "recognition.badCertificate", "the file is no list of certificates", place: file,
                remedy: "write a JSON array as `yilian recognition certificates --json` prints it")
        }
        let outcomes = try await node.talk {
            try await $0.ask(SheetEndpoints.certify, certificates)
        }
        if output.json {
            try Terminal.json(outcomes)
            return
        }
        for outcome in outcomes {
            Terminal.line(
                "\(outcome.number): version \(outcome.version)" + (outcome.isRepetition ? ", published before" : ""))
        }
    }
}

/// The verb `yilian recognition certificates`.
struct RecognitionCertificates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificates", abstract: "List the quality certificates that this node knows.",
        discussion: "Example: yilian recognition certificates --data DIR")

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let found = try await node.talk { try await $0.ask(SheetEndpoints.certificates) }
        try output.list(
            found, titles: ["UNIT", "NUMBER", "COVERS", "SCOPE", "FROM", "TO", "IN FORCE", "PROGRAMME"],
            none: Wording("no certificates", "没有证书")
        ) { certificate in
            [
                certificate.unit, certificate.number,
                certificate.item ?? (certificate.classes ?? []).joined(separator: " "), certificate.scope,
                String(certificate.from.prefix(10)), String(certificate.to.prefix(10)),
                certificate.isInForce == true ? "yes" : "no", certificate.programme,
            ]
        }
    }
}

/// The verb `yilian recognition sheet`.
struct RecognitionSheetVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sheet", abstract: "The statistics of a period: the monthly table.",
        discussion: """
            Example: yilian recognition sheet --period 2026-11 --data DIR
            Example: yilian recognition sheet --period 2026-11 --format csv --out 2026-11.csv --data DIR
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, html }

    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("The period; this month where it is not given.", valueName: "period"))
    var period: String?
    @Option(help: "text, csv or html.")
    var format: Format = .text
    @Option(help: ArgumentHelp("Writes csv or html into a file.", valueName: "file"))
    var out: String?

    func validate() throws {
        if out != nil, format == .text { throw ValidationError("--out goes with --format csv or html.") }
    }

    func run() async throws {
        if format != .text, !output.json {
            let endpoint = format == .csv ? SheetEndpoints.sheetCSV : SheetEndpoints.sheetPage
            let bytes = [UInt8](try await node.talk { try await $0.ask(endpoint, .init(period: period)) }.utf8)
            if let out {
                try World.system.disk.write(bytes, to: out, mode: 0o644)
                Terminal.line("written to \(out)")
            } else {
                Terminal.file(bytes)
            }
            return
        }
        let sheet = try await node.talk { try await $0.ask(SheetEndpoints.sheet, .init(period: period)) }
        if output.json { try Terminal.json(sheet) } else { Self.show(sheet) }
    }

    private static func show(_ sheet: SheetInfo) {
        let edition = sheet.edition.isEmpty ? "none" : sheet.edition
        Terminal.line("period \(sheet.period), catalogue \(edition), at \(sheet.node)")
        var table = TextTable(
            "机构 UNIT", ">开单 ORDERS", ">项目 ITEMS", ">互认 RECOGNISED", ">重复 REPEATED", ">节约 SAVED ¥", ">调阅 OPENED",
            ">X01", ">X02", ">X09")
        for row in sheet.institutions + [sheet.total] {
            table.add(
                row.name, "\(row.orders)", "\(row.orderedItems)", "\(row.recognised)",
                "\(row.repeatedByReason.values.reduce(0, +))", row.savedYuan, "\(row.retrievals)",
                row.nationalRate.percent, row.orderRate.percent, row.matchCoverage.percent)
        }
        Terminal.line(table.text)
    }
}
