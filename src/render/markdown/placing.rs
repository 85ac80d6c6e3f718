use pulldown_cmark::{Event, Tag, TagEnd};

use crate::check::views::placed;
use crate::render::view;

/// The place of a view in a text, `![caption](view:name)`, while it is read: the name, and the caption so far.
#[derive(Default)]
pub(super) struct Placing(Option<(String, String)>);

impl Placing {
    /// Takes an event that belongs to the place of a view, and gives its mark at the end of it; any other event is given back.
    pub(super) fn take<'p>(&mut self, event: Event<'p>) -> Result<Option<String>, Event<'p>> {
        if let Event::Start(Tag::Image { dest_url, .. }) = &event
            && let Some(name) = placed(dest_url)
        {
            self.0 = Some((name.to_owned(), String::new()));
            return Ok(None);
        }
        let Some((_, caption)) = &mut self.0 else { return Err(event) };
        match event {
            Event::Text(words) | Event::Code(words) | Event::InlineHtml(words) => caption.push_str(&words),
            Event::SoftBreak | Event::HardBreak => caption.push(' '),
            Event::End(TagEnd::Image) => return Ok(self.0.take().map(|(name, caption)| view::mark(&name, &caption))),
            _ => {}
        }
        Ok(None)
    }
}
