import Effects
package import FHIR

/// The interactions of FHIR's RESTful API, as routes.
extension EdgeRoute {
    package typealias Answer = @Sendable (EdgeCall) async throws -> EdgeResponse

    /// `POST [type]`: a new resource.
    ///
    /// Answer 201 with `Location` and `ETag`.
    package static func create(_ type: String, _ answer: @escaping Answer) -> EdgeRoute {
        fhir("POST", PathPattern(type), "create " + type, FHIRCapability(type, "create"), answer)
    }

    /// `GET [type]/[id]`: a resource by its id, which is `call.captured[0]`.
    ///
    /// Answer 200 with `ETag`.
    package static func read(_ type: String, _ answer: @escaping Answer) -> EdgeRoute {
        fhir("GET", PathPattern(type + "/*"), "read " + type, FHIRCapability(type, "read"), answer)
    }

    /// `PUT [type]/[id]`: a resource as it is to be from now on.
    ///
    /// ``EdgeRequest/matchedVersion`` is what the writer read before. Refuse with 412 where it is not the present one.
    package static func update(_ type: String, _ answer: @escaping Answer) -> EdgeRoute {
        fhir("PUT", PathPattern(type + "/*"), "update " + type, FHIRCapability(type, "update"), answer)
    }

    /// `GET [type]`, and `POST [type]/_search` so that no address holds an identifier: the same parameters either way.
    package static func search(
        _ type: String, _ parameters: [CapabilityStatement.SearchParameter],
        _ answer: @escaping @Sendable (EdgeCall, FHIRQuery) async throws -> EdgeResponse
    ) -> [EdgeRoute] {
        let name = "search " + type
        return [
            fhir("GET", PathPattern(type), name, FHIRCapability(type, "search-type", searchParameters: parameters)) {
                try await answer($0, $0.request.query)
            },
            fhir("POST", PathPattern(type + "/_search"), name, FHIRCapability(type, "search-type")) { call in
                let bytes = try await call.body(.form, limitBytes: Limits.httpsFormBytes)
                guard let form = FHIRQuery(String(decoding: bytes, as: UTF8.self)) else {
                    throw FHIRRefusal.unreadableQuery
                }
                return try await answer(call, FHIRQuery(call.request.query.items + form.items))
            },
        ]
    }

    /// `[type]/$[name]`: an operation on a type.
    package static func operation(
        _ method: String, _ type: String, _ operation: CapabilityStatement.Operation, _ answer: @escaping Answer
    ) -> EdgeRoute {
        fhir(
            method, PathPattern(type + "/$" + operation.name), type + " " + operation.name,
            FHIRCapability(type, operation: operation), answer)
    }

    private static func fhir(
        _ method: String, _ path: PathPattern, _ name: String, _ capability: FHIRCapability,
        _ answer: @escaping Answer
    ) -> EdgeRoute {
        EdgeRoute(.fhir, method, path, name: name, capability: capability, handler: .system(answer))
    }
}

extension FHIRRefusal {
    package static let unreadableQuery = FHIRRefusal(400, .invalid, "the parameters are not percent-encoded UTF-8")
}
