import Edge
package import Effects

extension FailureCatalogue {
    /// What an operator may be answered.
    package static let console = edge.adding(FailureDefinition.console)
}

extension Failure {
    /// What the failure means to an operator.
    var `class`: FailureClass { FailureCatalogue.console.class(of: code) }
}
