package import Effects

extension FailureDefinition {
    /// What can be wrong with methods and desks.
    package static let calls: [FailureDefinition] = [
        FailureDefinition(
            "call.badProbe", .broken, "a method's declaration makes another number of calls than one",
            "方法的声明不是恰好一次调用",
            remedy: .reportFault),
        FailureDefinition(
            "call.badShort", .broken, "some methods of a desk are short and some are not", "同一服务台的方法时限不一致",
            remedy: .reportFault),
        FailureDefinition(
            "call.duplicateMethod", .broken, "a method is declared twice", "方法重复声明",
            remedy: Wording("give every method a number, a name and a function of its own", "请给每个方法各自的编号、名称和函数")),
        FailureDefinition(
            "call.unknownTarget", .broken, "a function of a desk has no number", "服务台的函数没有编号",
            remedy: Wording("declare it in its service's list of methods", "请在其服务的方法表中声明")),
    ]
}
