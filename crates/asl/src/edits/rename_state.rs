//! Renaming a state: its key, and every reference to it in its scope.

use super::{Draft, EditError, Outcome};

impl Draft<'_> {
    pub(super) fn rename_state(&mut self, key: &str, to: &str) -> Result<Outcome, EditError> {
        let ix = self.find(key)?;
        let state = self.definition.at(ix);
        let label = format!("Rename {}", state.name);
        if *state.name == *to {
            return Ok((Some(to.to_owned()), label));
        }
        self.check_name(to)?;
        self.rewrite.rename_key(self.node(state.key_node), to);
        for reference in self.references(ix) {
            self.set_text(reference, to);
        }
        Ok((Some(to.to_owned()), label))
    }
}
