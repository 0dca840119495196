/// What `GET /cds-services` answers.
package enum HookServices {
    package static let discovery = CDSHooks.Discovery(
        services: [
            service("yilian-order-select", hook: "order-select", when: "开单选择项目时"),
            service("yilian-order-sign", hook: "order-sign", when: "签署申请时"),
        ])

    private static func service(_ id: String, hook: String, when: String) -> CDSHooks.Service {
        CDSHooks.Service(
            hook: hook, title: "检查检验结果互认 · mutual recognition",
            description: when
                + "提示区域内可互认的检查检验结果及依据。Shows results of the region that may be recognised, with the reasons.",
            id: id, prefetch: ["patient": "Patient/{{context.patientId}}"],
            usageRequirements: "Bearer token of the hospital's system; X-Yilian-Practitioner names the doctor.")
    }
}
