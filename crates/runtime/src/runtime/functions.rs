//! Which functions executions can call: the project's and the uploaded ones, brought together whenever either change.

use bytes::Bytes;

use super::Runtime;
use crate::functions::{FunctionSpec, Invocation, InvocationContext, InvokeError};
use crate::store::StoreError;

/// Where the service unpacks a function's package.
const TASK_ROOT: &str = "/var/task";

impl Runtime {
    /// Sets which functions the project declares.
    ///
    /// # Errors
    /// What the store says.
    pub fn declare_functions(&self, specs: Vec<FunctionSpec>) -> Result<(), StoreError> {
        self.registry().declare_functions(specs);
        self.functions_changed()
    }

    /// Takes up what was uploaded, changed or deleted.
    ///
    /// # Errors
    /// What the store says.
    pub fn functions_changed(&self) -> Result<(), StoreError> {
        let specs = self.registry().function_specs()?;
        self.functions().configure(specs);
        Ok(())
    }

    /// Calls a function. The stack traces of an uploaded one name its files as on the service: the folder that its
    /// package happens to lie in is nobody's business. Those of the project name the files that the user edits.
    ///
    /// # Errors
    /// When the function could not be run at all.
    pub async fn invoke(
        &self,
        target: &str,
        payload: impl Into<Bytes>,
        context: InvocationContext,
    ) -> Result<Invocation, InvokeError> {
        let mut invocation = self.functions().invoke(target, payload, context).await?;
        if let Err(failed) = &mut invocation.result {
            let home = self.registry().code_folder("");
            failed.payload = as_on_the_service(&failed.payload, &home.to_string_lossy());
        }
        Ok(invocation)
    }
}

/// The text with paths below `home/<digest>` as the service has them.
fn as_on_the_service(text: &str, home: &str) -> String {
    let home = format!("{}/", home.trim_end_matches('/'));
    let mut parts = text.split(home.as_str());
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digest = part.find(|letter: char| !letter.is_ascii_hexdigit());
        whole.push_str(TASK_ROOT);
        whole.push_str(&part[digest.unwrap_or(part.len())..]);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_uploaded_packages() {
        let check = |text: &str, expected: &str| {
            assert_eq!(as_on_the_service(text, "/home/.stepwell/functions/"), expected)
        };
        check("no path", "no path");
        check(
            r#"{"stackTrace": ["  File \"/home/.stepwell/functions/0a9f/app.py\", line 2", "/usr/lib/x.py"]}"#,
            r#"{"stackTrace": ["  File \"/var/task/app.py\", line 2", "/usr/lib/x.py"]}"#,
        );
    }
}
