import Effects
package import FHIR

/// What searches of requests and Tasks have in common.
package enum SearchParameters {
    private static let ofResults: Set<String> = ["_format", "_pretty", "_count", page]
    /// Where the page before ended; the server's own, from the link `next`.
    static let page = "_page"

    /// - Throws: a refusal with 400 for parameters that are not known, unless the sender wants them passed over.
    package static func check(_ query: FHIRQuery, _ known: Set<String>, _ request: EdgeRequest) throws {
        guard !request.isLenient else { return }
        for item in query.items where !known.contains(item.name) && !ofResults.contains(item.name) {
            throw FHIRRefusal(
                400, .notSupported, "it is searched by " + known.sorted().joined(separator: ", "),
                expression: String(item.name.prefix(64)))
        }
    }

    /// The values of a parameter: of each occurrence one must hold, of all occurrences each.
    ///
    /// - Throws: a refusal with 400 where an occurrence says nothing.
    static func alternatives(_ query: FHIRQuery, _ name: String) throws -> [[String]] {
        try query.values([name]).map { text in
            let tokens = SearchToken.alternatives(text)
            guard !tokens.isEmpty, tokens.count <= Limits.searchAlternatives else {
                throw FHIRRefusal(
                    400, .value, "write 1 to \(Limits.searchAlternatives) values, with commas between them",
                    expression: name)
            }
            return tokens
        }
    }

    /// How many a page holds.
    ///
    /// - Throws: a refusal with 400.
    static func count(_ query: FHIRQuery) throws -> Int {
        guard let text = query.values(["_count"]).first else { return Limits.queryResults }
        guard let count = Int(text), count > 0 else {
            throw FHIRRefusal(400, .value, "_count is a number from 1 on", expression: "_count")
        }
        return min(count, Limits.queryResults)
    }

    static func badPage() -> FHIRRefusal {
        FHIRRefusal(400, .value, "this page is none: take the link 'next' as it was given", expression: page)
    }

    /// A page of what was found.
    ///
    /// - Parameters:
    ///   - type: of the resources.
    ///   - next: where the next page begins; `nil` where this is the last. The total stands with the only page alone:
    ///     nobody has counted the others.
    package static func bundle(
        _ found: [(address: String, resource: JSONValue)], _ type: String, _ query: FHIRQuery, next: String?,
        _ request: EdgeRequest
    ) -> EdgeResponse {
        let entries = found.map { item -> JSONValue in
            [
                "fullUrl": .string("\(request.baseURL)/\(item.address)"), "resource": item.resource,
                "search": ["mode": "match"],
            ]
        }
        let before = query.values([page]).first
        var bundle: JSONObject = ["resourceType": "Bundle", "type": "searchset"]
        if before == nil, next == nil { bundle["total"] = .number(JSONNumber(found.count)) }
        var links: [JSONValue] = [link("self", type, query, before, request)]
        if let next { links.append(link("next", type, query, next, request)) }
        bundle["link"] = .array(links)
        if !entries.isEmpty { bundle["entry"] = .array(entries) }
        return EdgeResponse(200, .object(bundle))
    }

    private static func link(
        _ relation: String, _ type: String, _ query: FHIRQuery, _ place: String?, _ request: EdgeRequest
    ) -> JSONValue {
        let items = query.items.filter { $0.name != page } + (place.map { [.init(name: page, value: $0)] } ?? [])
        let text = items.map { PercentCoding.encode($0.name) + "=" + PercentCoding.encode($0.value) }
        return [
            "relation": .string(relation),
            "url": .string("\(request.baseURL)/\(type)" + (text.isEmpty ? "" : "?" + text.joined(separator: "&"))),
        ]
    }
}
