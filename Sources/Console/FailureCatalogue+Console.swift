import Accounts
import ConsoleKit
import Edge
package import Effects

extension FailureCatalogue {
    /// What an operator may be answered.
    package static let console = edge.adding(
        FailureDefinition.consoleKit, FailureDefinition.accounts, FailureDefinition.console)
}

extension Failure {
    /// What the failure means to an operator.
    var `class`: FailureClass { FailureCatalogue.console.class(of: code) }
}
