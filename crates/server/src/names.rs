//! Names and ARNs in requests: whether they can mean what the action is about.

use aws::arn::Arn;

use crate::fault::Fault;

/// A name that the service takes.
pub(crate) fn name(name: &str) -> Result<&str, Fault> {
    if aws::names::is_name(name) {
        Ok(name)
    } else {
        Err(Fault::invalid_name(name))
    }
}

/// An ARN of Step Functions of one of these types (`execution`, `stateMachine`, …).
pub(crate) fn arn<'a>(text: &'a str, types: &[&str]) -> Result<&'a str, Fault> {
    let arn =
        Arn::parse(text).ok_or_else(|| Fault::invalid_arn(format_args!("Invalid ARN prefix: {text}")))?;
    if arn.service != "states" {
        return Err(Fault::invalid_arn(format_args!(
            "Invalid service: {}",
            arn.service
        )));
    }
    let (kind, name) = arn.resource.split_once(':').unwrap_or((arn.resource, ""));
    if !types.contains(&kind) {
        return Err(Fault::invalid_arn(format_args!(
            "Resource type not valid in this context: {kind}"
        )));
    }
    if name.is_empty() {
        return Err(Fault::invalid_arn(format_args!("Invalid ARN prefix: {text}")));
    }
    Ok(text)
}

/// The ARN of a state machine without a version or an alias, and either after it.
pub(crate) fn machine_and_qualifier(arn: &str) -> (&str, Option<&str>) {
    let colons: Vec<usize> = arn.match_indices(':').map(|(at, _)| at).collect();
    match colons.get(6) {
        Some(at) => (&arn[..*at], Some(&arn[at + 1..])),
        None => (arn, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns() {
        let execution = "arn:aws:states:us-east-1:123456789012:execution:m:e";
        assert_eq!(arn(execution, &["execution"]), Ok(execution));
        for (text, expected) in [
            ("nonsense", "Invalid Arn: 'Invalid ARN prefix: nonsense'"),
            (
                "arn:aws:states:us-east-1:123456789012:express:m:e:u",
                "Invalid Arn: 'Resource type not valid in this context: express'",
            ),
        ] {
            assert_eq!(arn(text, &["execution"]).unwrap_err().message, expected);
        }
        let machine = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
        assert_eq!(machine_and_qualifier(machine), (machine, None));
        let version = format!("{machine}:3");
        assert_eq!(machine_and_qualifier(&version), (machine, Some("3")));
    }
}
