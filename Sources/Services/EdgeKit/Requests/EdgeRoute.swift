/// A method and a path with the handler that answers there.
package struct EdgeRoute: Sendable {
    /// How requests and refusals look.
    package enum Interface: Sendable {
        /// Below `/fhir`: resources, and OperationOutcomes where something is refused.
        case fhir
        /// Beside it: JSON, and problems with code and correlation id where something is refused.
        case plain
        /// Bodies and answers of types of their own, as they come; problems where something is refused.
        case media
    }

    /// Who may ask.
    package enum Handler: Sendable {
        /// Who has no token yet, too: what there is, and nothing about anybody.
        case anybody(@Sendable (EdgeRequest) async throws -> EdgeResponse)
        /// A hospital's system with a token.
        case system(@Sendable (EdgeCall) async throws -> EdgeResponse)
        /// The same with a body and an answer that are streamed; of ``Interface/media`` alone.
        case streaming(@Sendable (MediaCall) async throws -> MediaResponse)
    }

    package let interface: Interface
    package let method: String
    package let path: PathPattern
    /// For logs: never holds what a path or query holds.
    package let name: String
    package let handler: Handler
    /// What `GET /fhir/metadata` tells of it; none for plain JSON.
    package let capability: FHIRCapability?

    package init(
        _ interface: Interface, _ method: String, _ path: PathPattern, name: String, capability: FHIRCapability? = nil,
        handler: Handler
    ) {
        self.interface = interface
        self.method = method
        self.path = path
        self.name = name
        self.capability = capability
        self.handler = handler
    }

    /// Plain JSON for systems with a token: `.plain("POST", "recognition/match", name: "recognition match") { … }`.
    package static func plain(
        _ method: String, _ path: PathPattern, name: String,
        _ handler: @escaping @Sendable (EdgeCall) async throws -> EdgeResponse
    ) -> EdgeRoute {
        EdgeRoute(.plain, method, path, name: name, handler: .system(handler))
    }

    /// Bodies and answers of any type for systems with a token: `.media("GET", "dicom-web/studies/*", name: …) { … }`.
    package static func media(
        _ method: String, _ path: PathPattern, name: String,
        _ handler: @escaping @Sendable (MediaCall) async throws -> MediaResponse
    ) -> EdgeRoute {
        EdgeRoute(.media, method, path, name: name, handler: .streaming(handler))
    }
}

/// A path with segments that are given and segments that a request chooses: `Task/*`, `cds-services/*/feedback`.
package struct PathPattern: Sendable, Hashable, ExpressibleByStringLiteral {
    private let segments: [String?]

    package init(stringLiteral text: String) { self.init(text) }

    /// - Parameter text: segments with `/` between them; `*` stands for one of the request's choice.
    package init(_ text: String) {
        segments = text.split(separator: "/").map { $0 == "*" ? nil : String($0) }
    }

    /// The first segment, where it is given.
    package var root: String? { segments.first ?? nil }

    /// The same for two patterns that match the same paths.
    package var shape: [String?] { segments }

    /// How many segments are given: of two patterns that match, the one with more is meant.
    package var givenCount: Int { segments.count { $0 != nil } }

    /// What a path has at the open segments; `nil` where it does not match.
    package func captured(in path: [String]) -> [String]? {
        guard path.count == segments.count else { return nil }
        var captured: [String] = []
        for (segment, given) in zip(segments, path) {
            if let segment { guard segment == given else { return nil } } else { captured.append(given) }
        }
        return captured
    }
}
