import Effects

/// Something inconsistent in a region configuration, wherever the configuration came from.
struct RegionFinding: Equatable {
    var code: Failure.Code
    /// The list and the position in it, such as `nodes.3`; empty for the configuration as a whole.
    var item: String
    /// The key of the item that is wrong.
    var key: String?
    var message: String
    var remedy: String

    init(_ code: Failure.Code, _ item: String, key: String? = nil, _ message: String, remedy: String) {
        self.code = code
        self.item = item
        self.key = key
        self.message = message
        self.remedy = remedy
    }

    var failure: Failure {
        let place = [item, key ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
        return Failure(code, message, place: place.isEmpty ? nil : place, remedy: remedy)
    }
}
