/// A question before something is done: what will happen to whom, what cannot be undone, a reason, and a way back.
///
/// It is a page of its own and no window over another: it works without script, and it can be read at leisure.
package struct ConfirmView: Sendable, PagePart {
    /// What cannot be undone, or what it leads to.
    package var warning: Banner?
    package var facts: Pairs
    package var form: FormView

    package init(warning: Banner? = nil, facts: Pairs, form: FormView) {
        self.warning = warning
        self.facts = facts
        self.form = form
    }

    package func html(in scene: Scene) -> HTML {
        """
        <div class="confirm">\(.each(warning) { $0.html(in: scene) })\(facts.html(in: scene))\(form.html(in: scene))</div>
        """
    }
}
