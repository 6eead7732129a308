//! Amazon Resource Names: `arn:partition:service:region:account:resource`.

/// The parts of an ARN, borrowed from its text. Region and account may be empty, as in `arn:aws:states:::lambda:invoke`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov`, …
    pub partition: &'a str,
    /// `lambda`, `states`, …
    pub service: &'a str,
    /// May be empty.
    pub region: &'a str,
    /// May be empty.
    pub account: &'a str,
    /// All that follows the fifth colon: `function:name:alias`. Never empty.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Splits a text that has the form of an ARN; whether such a thing exists is not asked.
    pub fn parse(text: &'a str) -> Option<Arn<'a>> {
        let mut parts = text.splitn(6, ':');
        if parts.next()? != "arn" {
            return None;
        }
        let arn = Arn {
            partition: parts.next()?,
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        };
        (!arn.partition.is_empty() && !arn.service.is_empty() && !arn.resource.is_empty()).then_some(arn)
    }

    /// Name and qualifier (version or alias) of a Lambda function's ARN.
    pub fn function(&self) -> Option<(&'a str, Option<&'a str>)> {
        if self.service != "lambda" {
            return None;
        }
        let rest = self.resource.strip_prefix("function:")?;
        let (name, qualifier) = match rest.split_once(':') {
            Some((name, qualifier)) => (name, Some(qualifier)),
            None => (rest, None),
        };
        (!name.is_empty()).then_some((name, qualifier))
    }

    /// Name of a Step Functions activity's ARN.
    pub fn activity(&self) -> Option<&'a str> {
        if self.service != "states" {
            return None;
        }
        self.resource
            .strip_prefix("activity:")
            .filter(|name| !name.is_empty())
    }
}

/// The name in whatever form a function may be named: an ARN, a partial ARN (`123456789012:function:name`),
/// or the name itself, each with or without a qualifier.
pub fn function_name(text: &str) -> &str {
    if let Some((name, _)) = Arn::parse(text).and_then(|arn| arn.function()) {
        return name;
    }
    let rest = text.split_once("function:").map_or(text, |(_, rest)| rest);
    rest.split(':').next().unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_are_split() {
        let arn = Arn::parse("arn:aws:lambda:eu-west-1:123456789012:function:price:live").unwrap();
        assert_eq!(
            (arn.partition, arn.service, arn.region),
            ("aws", "lambda", "eu-west-1")
        );
        assert_eq!(
            (arn.account, arn.resource),
            ("123456789012", "function:price:live")
        );
        for text in [
            "",
            "arn",
            "arn:aws",
            "arn:aws:s3:::",
            "arn::s3:::b",
            "arn:aws::::b",
            "x:aws:s3:::b",
        ] {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
        assert_eq!(Arn::parse("arn:aws:s3:::bucket").unwrap().resource, "bucket");
    }

    #[test]
    fn functions_are_named_in_every_form() {
        for text in [
            "price",
            "price:live",
            "function:price",
            "123456789012:function:price",
            "arn:aws:lambda:eu-west-1:123456789012:function:price",
            "arn:aws-cn:lambda:::function:price:7",
        ] {
            assert_eq!(function_name(text), "price", "{text}");
        }
    }

    #[test]
    fn activities_have_names() {
        let arn = Arn::parse("arn:aws:states:eu-west-1:123456789012:activity:sign").unwrap();
        assert_eq!((arn.activity(), arn.function()), (Some("sign"), None));
    }
}
