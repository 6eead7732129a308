//! From a method's name and parameters to its handler. The list of methods is the contract's.

use serde_json::Value;

use crate::Studio;
use crate::contract::CallError;
use crate::with_methods;

macro_rules! dispatch {
    ($($name:literal $handler:ident($params:ident) -> $result:ident;)*) => {
        impl Studio {
            /// Calls a method of the contract. The answer is JSON text.
            ///
            /// # Errors
            /// `call.unknown` for a method that does not exist, `call.params` for parameters that do not fit, and
            /// whatever the method itself says.
            pub async fn call(&self, method: &str, params: Value) -> Result<String, CallError> {
                // A page may leave out the parameters of a method that has none.
                let params = if params.is_null() { Value::Object(serde_json::Map::new()) } else { params };
                match method {
                    $($name => {
                        let params: crate::contract::$params = serde_json::from_value(params).map_err(|error| {
                            CallError::new("call.params", format!("the parameters of {method} do not fit: {error}"))
                        })?;
                        let result: crate::contract::$result = self.$handler(params).await?;
                        serde_json::to_string(&result)
                            .map_err(|error| CallError::new("call.result", format!("{method}: {error}")))
                    })*
                    _ => Err(CallError::new("call.unknown", format!("there is no method {method}"))),
                }
            }
        }
    };
}
with_methods!(dispatch);
