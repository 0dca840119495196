import Effects

/// A FHIR Bundle and the references inside it.
///
/// References are only ever resolved inside the bundle or the resource that holds them. Nothing is fetched: an address
/// in a message is text.
package struct FHIRBundle: Sendable {
    package enum Kind: String, Equatable, Sendable {
        case message, transaction, batch, collection, searchset
    }

    package struct Entry: Equatable, Sendable {
        package var fullURL: String?
        package var resource: FHIRResource
        /// The position in the bundle, from 0.
        package var position: Int
        /// The resource that holds this one, where it is a contained one.
        package var container: FHIRResource?

        package init(
            fullURL: String? = nil, resource: FHIRResource, position: Int, container: FHIRResource? = nil
        ) {
            self.fullURL = fullURL
            self.resource = resource
            self.position = position
            self.container = container
        }
    }

    /// What a transaction or batch asks of one of its entries, also of one without a resource.
    package struct Request: Equatable, Sendable {
        package var position: Int
        package var method: String?
        /// Names of the conditions that it makes: `ifNoneExist`, `ifMatch`.
        package var conditions: [String]
    }

    package let kind: Kind
    package let requests: [Request]
    /// Whether it is no bundle, but a resource that stands by itself.
    package let isSingle: Bool
    package let entries: [Entry]
    private let byFullURL: [String: Int]
    private let byName: [String: Int]
    /// The first entry of each id, for references that name nothing but the id.
    private let byID: [String: Int]
    /// By the entry's position and the id.
    private let contained: [Int: [String: FHIRResource]]
    /// Entries by type, system and value of their business identifiers; several where an identifier is ambiguous.
    private let byIdentifier: [FHIRCondition: [Int]]
    /// The entry of each type of which there is one; nil where there are several.
    private let byType: [String: Int?]
    /// How much there is to read in each entry, by its position.
    private let weights: [Int: Int]
    /// What references have made somebody read.
    package let meter: ReferenceMeter

    /// A bundle from its resource.
    ///
    /// - Throws: `fhir.bundleType` for types that are not taken, `fhir.notAResource` with the entry's position.
    package init(_ resource: FHIRResource) throws {
        // A Bundle without a type is read as a collection: nothing in it depends on the type then.
        let type = resource["type"] == nil ? Kind.collection.rawValue : resource.string("type")
        guard resource.type == "Bundle", let kind = type.flatMap(Kind.init(rawValue:)) else {
            throw Failure(
                "fhir.bundleType", "the Bundle's type is not taken here", place: "Bundle.type",
                remedy: "send a message, transaction, batch or collection")
        }
        self.kind = kind
        var entries: [Entry] = []
        var requests: [Request] = []
        var addresses = Names()
        var names = Names()
        for (position, item) in resource.items("entry").enumerated() {
            guard item.object != nil else {
                throw Failure(
                    "fhir.notAResource", "an entry is no object", place: "Bundle.entry[\(position)]")
            }
            if let request = item["request"] {
                requests.append(
                    Request(
                        position: position, method: request["method"]?.string,
                        conditions: ["ifNoneExist", "ifMatch", "ifNoneMatch", "ifModifiedSince"].filter {
                            request[$0] != nil
                        }))
            }
            guard let json = item["resource"], json != .null else { continue }
            let inner: FHIRResource
            do { inner = try FHIRResource(json) } catch {
                throw Failure(
                    "fhir.notAResource", "an entry's resource names no resourceType",
                    place: "Bundle.entry[\(position)].resource")
            }
            let fullURL = item["fullUrl"]?.string
            if let fullURL { addresses.add(fullURL, inner, at: entries.count, among: entries) }
            for name in Self.names(of: inner, fullURL: fullURL) {
                names.add(name, inner, at: entries.count, among: entries)
            }
            entries.append(Entry(fullURL: fullURL, resource: inner, position: position))
        }
        self.entries = entries
        isSingle = false
        self.requests = requests
        byFullURL = addresses.places
        byName = names.places
        (byID, contained) = Self.index(entries)
        byIdentifier = Self.identified(entries)
        byType = Self.typed(entries)
        weights = Self.weights(entries)
        meter = ReferenceMeter(elements: weights.values.reduce(0, +))
    }

    private static func index(_ entries: [Entry]) -> ([String: Int], [Int: [String: FHIRResource]]) {
        var byID = Names()
        var contained: [Int: [String: FHIRResource]] = [:]
        for (index, entry) in entries.enumerated() {
            if let id = entry.resource.id { byID.add(id, entry.resource, at: index, among: entries) }
            var inside = Names()
            let resources = entry.resource.contained.map { Entry(resource: $0, position: entry.position) }
            for (place, resource) in resources.enumerated() {
                if let id = resource.resource.id { inside.add(id, resource.resource, at: place, among: resources) }
            }
            if !inside.places.isEmpty { contained[entry.position] = inside.places.mapValues { resources[$0].resource } }
        }
        return (byID.places, contained)
    }

    /// What names mean; one that two different resources have means none of them.
    private struct Names {
        private(set) var places: [String: Int] = [:]
        private var shared: Set<String> = []

        /// - Parameter entries: those before the place at least.
        mutating func add(_ name: String, _ resource: FHIRResource, at place: Int, among entries: [Entry]) {
            guard let known = places[name] else {
                if !shared.contains(name) { places[name] = place }
                return
            }
            if known != place, entries[known].resource != resource {
                places[name] = nil
                shared.insert(name)
            }
        }
    }

    /// A single resource, so that the references to what it contains can be resolved.
    package init(single resource: FHIRResource) {
        kind = .collection
        isSingle = true
        requests = []
        entries = [Entry(resource: resource, position: 0)]
        byFullURL = [:]
        byName = resource.id.map { [resource.type + "/" + $0: 0] } ?? [:]
        (byID, contained) = Self.index(entries)
        byIdentifier = Self.identified(entries)
        byType = Self.typed(entries)
        weights = Self.weights(entries)
        meter = ReferenceMeter(elements: weights.values.reduce(0, +))
    }

    private static func weights(_ entries: [Entry]) -> [Int: Int] {
        Dictionary(entries.map { ($0.position, $0.resource.value.elementCount) }, uniquingKeysWith: max)
    }

    private static func typed(_ entries: [Entry]) -> [String: Int?] {
        var found: [String: Int?] = [:]
        for (index, entry) in entries.enumerated() {
            found.updateValue(found.keys.contains(entry.resource.type) ? nil : index, forKey: entry.resource.type)
        }
        return found
    }

    /// Under what conditions an entry is found: with its system, and with the value alone.
    private static func identified(_ entries: [Entry]) -> [FHIRCondition: [Int]] {
        let current = identified(entries) { $0["use"]?.string != "old" }
        // A number that was given up finds its resource where it is nobody else's now.
        return current.merging(identified(entries) { $0["use"]?.string == "old" }) { current, _ in current }
    }

    private static func identified(
        _ entries: [Entry], where isMeant: (JSONValue) -> Bool
    ) -> [FHIRCondition: [Int]] {
        var found: [FHIRCondition: [Int]] = [:]
        for (index, entry) in entries.enumerated() {
            for identifier in entry.resource.items("identifier") where isMeant(identifier) {
                guard let value = FHIRElement.text(identifier["value"]) else { continue }
                let system = identifier["system"]?.string ?? ""
                for system in [system, nil] as [String?] {
                    let condition = FHIRCondition(type: entry.resource.type, system: system, value: value)
                    if found[condition]?.last != index { found[condition, default: []].append(index) }
                }
            }
        }
        return found
    }

    package func resources(_ type: String) -> [FHIRResource] {
        entries.filter { $0.resource.type == type }.map(\.resource)
    }

    /// The message's only resource of a type; none where there are several.
    package func only(_ type: String) -> Entry? {
        metered((byType[type] ?? nil).map { entries[$0] })
    }

    /// What a Reference element means: by its address, else by the business identifier that it gives.
    ///
    /// - Parameter type: of which type it must be where the element does not say.
    /// - Returns: nil also where references have made somebody read too much (``ReferenceMeter/isExhausted``).
    package func resolve(_ element: JSONValue?, from entry: Entry, type: String? = nil) -> Entry? {
        metered(find(element, from: entry, type: type))
    }

    private func metered(_ entry: Entry?) -> Entry? {
        guard let entry else { return nil }
        let weight = entry.container == nil ? weights[entry.position] : nil
        return meter.take(weight ?? entry.resource.value.elementCount) ? entry : nil
    }

    private func find(_ element: JSONValue?, from entry: Entry, type: String?) -> Entry? {
        if let text = element?["reference"]?.string, let found = find(text, from: entry) { return found }
        guard let value = FHIRElement.text(element?["identifier"]?["value"]),
            let type = element?["type"]?.string ?? type
        else { return nil }
        return only(FHIRCondition(type: type, system: element?["identifier"]?["system"]?.string, value: value))
    }

    /// The one entry that meets a condition; none where several do.
    private func only(_ condition: FHIRCondition) -> Entry? {
        guard let found = byIdentifier[condition], found.count == 1 else { return nil }
        return found.first.map { entries[$0] }
    }

    /// What a reference means.
    ///
    /// A condition (`Patient?identifier=system|value`) means the one entry that meets it. Else in this order: `#id` among the
    /// contained resources; a `fullUrl` (absolute, `urn:uuid:`, or relative as some systems write it); a relative reference under the base of the entry's own `fullUrl`; `Type/id` by the resource's
    /// own id. The version part of a reference is left aside.
    package func resolve(_ reference: String, from entry: Entry) -> Entry? { metered(find(reference, from: entry)) }

    private func find(_ reference: String, from entry: Entry) -> Entry? {
        if reference.hasPrefix("#") {
            let container = entry.container ?? entry.resource
            guard let resource = contained[entry.position]?[String(reference.dropFirst())] else { return nil }
            return Entry(fullURL: entry.fullURL, resource: resource, position: entry.position, container: container)
        }
        if let condition = FHIRCondition(reference: reference) { return only(condition) }
        let plain = Self.withoutVersion(reference)
        if let index = byFullURL[reference] ?? byFullURL[plain] { return entries[index] }
        guard !plain.contains(":") else { return resolveWithoutAddress(plain) }
        if let fullURL = entry.fullURL, let base = Self.base(of: fullURL), let index = byFullURL[base + plain] {
            return entries[index]
        }
        return byName[plain].map { entries[$0] }
    }

    /// Where an absolute reference names an entry that has no `fullUrl`, its own type and id have to do.
    private func resolveWithoutAddress(_ reference: String) -> Entry? {
        let isAddress = reference.contains("://")
        let found =
            isAddress
            ? byName[reference.split(separator: "/").suffix(2).joined(separator: "/")].map { entries[$0] }
            : reference.lastIndex(of: ":").flatMap { byID[String(reference[reference.index(after: $0)...])] }
                .map { entries[$0] }
        return found?.fullURL == nil ? found : nil
    }

    /// `Type/id` by the resource's own id and by the address that the bundle gives it.
    private static func names(of resource: FHIRResource, fullURL: String?) -> [String] {
        var names = resource.id.map { [resource.type + "/" + $0] } ?? []
        if let tail = fullURL?.split(separator: "/").suffix(2), tail.count == 2, tail.first == resource.type[...] {
            names.append(tail.joined(separator: "/"))
        }
        return names
    }

    private static func withoutVersion(_ reference: String) -> String {
        guard let range = reference.firstRange(of: "/_history/") else { return reference }
        return String(reference[..<range.lowerBound])
    }

    /// What stands before `Type/id` in a RESTful address.
    private static func base(of fullURL: String) -> String? {
        guard fullURL.contains("://") else { return nil }
        let parts = fullURL.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 3 else { return nil }
        return parts.dropLast(2).joined(separator: "/") + "/"
    }
}
