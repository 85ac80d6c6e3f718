use super::{Fields, Item, Object, Reference, Target, Value, parse_date};
use crate::parse::{Mapping, Node, Scalar, Yaml, exact};
use crate::schema::{Declared, Field, Shape, Symbol};
use crate::source::Span;

/// Types the pairs of a mapping by their fields; keys in `reserved` are somebody else's. Texts are taken over as they are;
/// references lead nowhere yet.
pub(super) fn object(mapping: Mapping, fields: &Declared, additional: bool, reserved: &[&str]) -> Object {
    let mut object = Object::empty(mapping.span);
    object.fields = Fields::with_capacity(mapping.entries.len());
    for (key, node) in mapping.entries {
        match fields.get(&key.value) {
            Some(field) => object.fields.push(field.symbol, key.span, item(node, field)),
            None if reserved.contains(&key.value.as_str()) => {}
            None if additional => object.fields.push(Symbol::new(&key.value), key.span, any_item(node)),
            None => object.unknown.push((key, node)),
        }
    }
    for field in fields.values() {
        if let Some(default) = &field.default
            && object.fields.find(field.symbol).is_none()
        {
            object.fields.push(field.symbol, field.key.span, item(default.clone(), field));
        }
    }
    object.fields.shrink_to_fit();
    object
}

fn item(node: Node, field: &Field) -> Item {
    Item { span: node.span, value: value(node, field) }
}

/// A list of typed values.
fn list(nodes: Vec<Node>, item: impl FnMut(Node) -> Item) -> Value {
    Value::List(exact(nodes.into_iter().map(item)).into())
}

fn any_item(node: Node) -> Item {
    Item { span: node.span, value: any(node) }
}

fn invalid(span: Span, value: Yaml) -> Value {
    Value::Invalid(Box::new(Node { span, value }))
}

/// What a node means for its field. YAML is not asked for its opinion: `no`, `012` and `2024-01-02` are what the field says.
fn value(node: Node, field: &Field) -> Value {
    let Node { span, value } = node;
    match (&field.shape, value) {
        (_, Yaml::Null) => Value::Null,
        (Shape::Any, value) => any(Node { span, value }),
        (Shape::String | Shape::Url | Shape::Email, Yaml::Scalar(scalar)) => Value::Text(scalar.text.into()),
        (Shape::Markdown, Yaml::Scalar(scalar)) => Value::Markdown(scalar.text.into()),
        (Shape::Reference(_), Yaml::Scalar(scalar)) => {
            Value::Reference(Reference { text: scalar.text.into(), target: Target::Missing })
        }
        (shape, Yaml::Scalar(scalar)) => typed(shape, &scalar).unwrap_or_else(|| invalid(span, Yaml::Scalar(scalar))),
        (Shape::Array(items), Yaml::Sequence(nodes)) => list(nodes, |node| item(node, items)),
        (Shape::Object(shape) | Shape::Outcome(shape), Yaml::Mapping(mapping)) => {
            Value::Object(Box::new(object(mapping, &shape.properties, shape.additional, &[])))
        }
        (Shape::Entries(shape), Yaml::Sequence(nodes)) => {
            let entry = |Node { span, value }| match value {
                Yaml::Mapping(mapping) => {
                    Value::Object(Box::new(object(mapping, &shape.properties, shape.additional, &[])))
                }
                value => invalid(span, value),
            };
            list(nodes, |node| Item { span: node.span, value: entry(node) })
        }
        (_, value) => invalid(span, value),
    }
}

/// A number, a day, a yes or no; none when the text is no such thing.
fn typed(shape: &Shape, scalar: &Scalar) -> Option<Value> {
    match shape {
        Shape::Number => number(scalar).map(Value::Number),
        Shape::Integer => number(scalar).filter(|number| number.fract() == 0.0).map(Value::Number),
        Shape::Boolean if !scalar.quoted => match scalar.text.as_str() {
            "true" => Some(Value::Boolean(true)),
            "false" => Some(Value::Boolean(false)),
            _ => None,
        },
        Shape::Date => parse_date(&scalar.text).map(Value::Date),
        _ => None,
    }
}

/// A number as people write it: a French decimal comma is understood.
fn number(scalar: &Scalar) -> Option<f64> {
    if scalar.quoted {
        return None;
    }
    let text = scalar.text.replacen(',', ".", 1);
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
    text.parse().ok().filter(|number: &f64| plain && number.is_finite())
}

/// A value whose field says nothing of its type: the plain words of YAML 1.2 and no more.
fn any(node: Node) -> Value {
    match node.value {
        Yaml::Null => Value::Null,
        Yaml::Scalar(scalar) if scalar.quoted => Value::Text(scalar.text.into()),
        Yaml::Scalar(scalar) => match scalar.text.as_str() {
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            text => match text.parse::<f64>() {
                Ok(number) if number.is_finite() && !text.starts_with('0') => Value::Number(number),
                _ => Value::Text(scalar.text.into()),
            },
        },
        Yaml::Sequence(nodes) => list(nodes, any_item),
        Yaml::Mapping(mapping) => {
            let mut object = Object::empty(mapping.span);
            object.fields = Fields::with_capacity(mapping.entries.len());
            for (key, node) in mapping.entries {
                object.fields.push(Symbol::new(&key.value), key.span, any_item(node));
            }
            Value::Object(Box::new(object))
        }
    }
}
