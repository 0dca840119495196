import EdgeKit
import FHIR

/// In which form a request comes and its answer is wanted: JSON in UTF-8, uncompressed, and nothing else.
enum ContentNegotiation {
    static let jsonTypes: Set<String> = [
        "application/fhir+json", "application/json", "text/json", "application/json+fhir",
    ]
    private static let formats = jsonTypes.union(["json"])
    private static let wildcards: Set<String> = ["*/*", "application/*"]

    /// Whether the answer may be JSON: by `_format` where the address has one, else by the header `Accept`.
    ///
    /// - Throws: a refusal with 406.
    static func checkAnswer(_ request: EdgeRequest) throws {
        let refusal = FHIRRefusal(406, .notSupported, "answers are application/fhir+json only", expression: "Accept")
        if let format = request.query.values(["_format"]).last {
            // A plus of the address may have become a blank on its way.
            let type = String(format.lowercased().prefix { $0 != ";" }).replacing(" ", with: "+")
            guard formats.contains(type) else { throw refusal }
            return
        }
        guard let accepted = request.headers["accept"]?.lowercased() else { return }
        let choices = accepted.split(separator: ",").map { choice in
            choice.split(separator: ";").map { part in String(part.filter { !$0.isWhitespace }) }
        }
        let isWanted = choices.contains { parts in
            guard let type = parts.first, jsonTypes.contains(type) || wildcards.contains(type) else { return false }
            let isRefused = parts.dropFirst().contains { $0.hasPrefix("q=") && Double($0.dropFirst(2)) == 0 }
            let version = parts.dropFirst().first { $0.hasPrefix("fhirversion=") }?.dropFirst(12)
            return !isRefused && (version.map { $0.hasPrefix("4.0") } ?? true)
        }
        guard isWanted || choices.isEmpty else { throw refusal }
    }

    /// JSON under one of its names; a missing type is taken for it.
    ///
    /// - Parameter isPatch: JSON Patch comes under a name of its own, which is taken besides.
    /// - Throws: a refusal with 415.
    static func checkJSON(_ header: String?, isPatch: Bool = false) throws {
        guard let header else { return }
        let parts = parts(header)
        let charset = parts.dropFirst().first { $0.hasPrefix("charset=") }?.dropFirst(8).filter { $0 != "\"" }
        let type = parts.first ?? ""
        guard jsonTypes.contains(type) || isPatch && type == "application/json-patch+json",
            charset == nil || charset == "utf-8" || charset == "utf8"
        else {
            throw FHIRRefusal(415, .notSupported, "send application/fhir+json in UTF-8", expression: "Content-Type")
        }
    }

    /// Parameters as a form of HTML sends them; a missing type is taken for it.
    ///
    /// - Throws: a refusal with 415.
    static func checkForm(_ header: String?) throws {
        guard let header, parts(header).first != "application/x-www-form-urlencoded" else { return }
        throw FHIRRefusal(
            415, .notSupported, "send the parameters as application/x-www-form-urlencoded", expression: "Content-Type")
    }

    /// A body of the type that its reader takes, and not compressed.
    static func checked(_ request: EdgeRequest, _ body: @escaping FHIRDesk.Body) -> EdgeCall.Body {
        let plain = plain(request, body)
        return { form, limit in
            switch form {
            case .json: try checkJSON(request.headers["content-type"], isPatch: request.method == "PATCH")
            case .form: try checkForm(request.headers["content-type"])
            }
            return try await plain(limit)
        }
    }

    /// A body that is refused where it is compressed, whether the request says so or not.
    ///
    /// - Throws: a refusal with 415.
    private static func plain(_ request: EdgeRequest, _ body: @escaping FHIRDesk.Body) -> FHIRDesk.Body {
        return { limit in
            try checkEncoding(request)
            let bytes = try await body(limit)
            guard !bytes.starts(with: gzip) else { throw compressed }
            return bytes
        }
    }

    /// - Throws: a refusal with 415 where the request says that its body is compressed.
    static func checkEncoding(_ request: EdgeRequest) throws {
        let encoding = request.headers["content-encoding"]?.lowercased().filter { !$0.isWhitespace }
        guard encoding == nil || encoding == "" || encoding == "identity" else { throw compressed }
    }

    private static let gzip: [UInt8] = [0x1F, 0x8B]
    private static let compressed = FHIRRefusal(
        415, .notSupported, "the body is compressed; send it as it is, without Content-Encoding",
        expression: "Content-Encoding", headers: ["Accept-Encoding": "identity"])

    private static func parts(_ header: String) -> [String] {
        header.lowercased().split(separator: ";").map { part in String(part.filter { !$0.isWhitespace }) }
    }
}
