use indexmap::IndexMap;

use super::{Item, Object, Reference, Target, Value, parse_date};
use crate::parse::{Mapping, Node, Scalar, Yaml};
use crate::schema::{Field, ReferenceShape, Shape};

/// Says where a reference leads.
pub(super) type Resolve<'a> = &'a dyn Fn(&ReferenceShape, &str) -> Target;

/// Types the pairs of a mapping by their fields; keys in `reserved` are somebody else's.
pub(super) fn object(
    mapping: &Mapping,
    fields: &IndexMap<String, Field>,
    additional: bool,
    reserved: &[&str],
    resolve: Resolve<'_>,
) -> Object {
    let mut object = Object::empty(mapping.span);
    for (key, node) in &mapping.entries {
        match fields.get(&key.value) {
            Some(field) => {
                let item = item(node, field, resolve);
                object.fields.insert(key.value.clone(), (key.span, item));
            }
            None if reserved.contains(&key.value.as_str()) => {}
            None if additional => {
                let item = Item { span: node.span, value: any(node) };
                object.fields.insert(key.value.clone(), (key.span, item));
            }
            None => object.unknown.push((key.clone(), node.clone())),
        }
    }
    for (name, field) in fields {
        if let Some(default) = &field.default
            && !object.fields.contains_key(name)
        {
            object.fields.insert(name.clone(), (field.key.span, item(default, field, resolve)));
        }
    }
    object.fields.shrink_to_fit();
    object
}

fn item(node: &Node, field: &Field, resolve: Resolve<'_>) -> Item {
    Item { span: node.span, value: value(node, field, resolve) }
}

/// What a node means for its field. YAML is not asked for its opinion: `no`, `012` and `2024-01-02` are what the field says.
fn value(node: &Node, field: &Field, resolve: Resolve<'_>) -> Value {
    let invalid = || Value::Invalid(Box::new(node.clone()));
    if node.is_null() {
        return Value::Null;
    }
    match (&field.shape, &node.value) {
        (Shape::Any, _) => any(node),
        (Shape::String | Shape::Url | Shape::Email, Yaml::Scalar(scalar)) => Value::Text(scalar.text.clone()),
        (Shape::Markdown, Yaml::Scalar(scalar)) => Value::Markdown(scalar.text.clone()),
        (Shape::Number, Yaml::Scalar(scalar)) => number(scalar).map_or_else(invalid, Value::Number),
        (Shape::Integer, Yaml::Scalar(scalar)) => {
            number(scalar).filter(|number| number.fract() == 0.0).map_or_else(invalid, Value::Number)
        }
        (Shape::Boolean, Yaml::Scalar(scalar)) if !scalar.quoted => match scalar.text.as_str() {
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            _ => invalid(),
        },
        (Shape::Date, Yaml::Scalar(scalar)) => parse_date(&scalar.text).map_or_else(invalid, Value::Date),
        (Shape::Reference(shape), Yaml::Scalar(scalar)) => {
            let target = resolve(shape, &scalar.text);
            Value::Reference(Reference { text: scalar.text.clone(), target })
        }
        (Shape::Array(items), Yaml::Sequence(nodes)) => {
            Value::List(nodes.iter().map(|node| item(node, items, resolve)).collect())
        }
        (Shape::Object(shape) | Shape::Outcome(shape), Yaml::Mapping(mapping)) => {
            Value::Object(Box::new(object(mapping, &shape.properties, shape.additional, &[], resolve)))
        }
        (Shape::Entries(shape), Yaml::Sequence(nodes)) => Value::List(
            nodes
                .iter()
                .map(|node| {
                    let value = match &node.value {
                        Yaml::Mapping(mapping) => {
                            Value::Object(Box::new(object(mapping, &shape.properties, shape.additional, &[], resolve)))
                        }
                        _ => Value::Invalid(Box::new(node.clone())),
                    };
                    Item { span: node.span, value }
                })
                .collect(),
        ),
        _ => invalid(),
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
fn any(node: &Node) -> Value {
    match &node.value {
        Yaml::Null => Value::Null,
        Yaml::Scalar(scalar) if scalar.quoted => Value::Text(scalar.text.clone()),
        Yaml::Scalar(scalar) => match scalar.text.as_str() {
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            text => match text.parse::<f64>() {
                Ok(number) if number.is_finite() && !text.starts_with('0') => Value::Number(number),
                _ => Value::Text(text.to_owned()),
            },
        },
        Yaml::Sequence(nodes) => {
            Value::List(nodes.iter().map(|node| Item { span: node.span, value: any(node) }).collect())
        }
        Yaml::Mapping(mapping) => {
            let fields = mapping
                .entries
                .iter()
                .map(|(key, node)| (key.value.clone(), (key.span, Item { span: node.span, value: any(node) })))
                .collect();
            Value::Object(Box::new(Object { span: mapping.span, fields, unknown: Vec::new() }))
        }
    }
}
