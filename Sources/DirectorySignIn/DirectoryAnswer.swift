import Effects
import FHIR

/// What goes wrong with the answers of a directory, whichever it is.
enum DirectoryAnswer {
    static var unreachable: Failure {
        Failure(
            "directory.unreachable", "the directory does not answer",
            remedy: "sign in with an account of this node, or try again in a while")
    }

    static func bad(_ message: String) -> Failure {
        Failure(
            "directory.badAnswer", message,
            remedy: "see what lies under its issuer at /.well-known/openid-configuration")
    }

    /// - Throws: `directory.unreachable` where the directory is out of order, `directory.badAnswer`.
    static func json(_ reply: DirectoryReply) throws -> JSONValue {
        guard reply.status < 500 else { throw unreachable }
        guard reply.status == 200, let value = value(reply) else {
            throw bad("the directory's answer is not what such a directory says")
        }
        return value
    }

    /// The object that a reply holds, whatever its status; nil where it holds none.
    static func value(_ reply: DirectoryReply) -> JSONValue? {
        let limits = JSONLimits(textBytes: Limits.directoryAnswerBytes, nestingDepth: 16, valueCount: 20_000)
        let value = try? JSONParser.parse(reply.body, limits: limits)
        return value?.object == nil ? nil : value
    }
}
