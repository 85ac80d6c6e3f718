use pulldown_cmark::{Alignment, Tag, TagEnd};

use super::escape;

/// A table in the making. It stands in a box that scrolls by itself, named for those who do not see it, and aligns by class.
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl Table {
    pub(super) const CLOSING: &str = "</tbody></table></div>\n";

    pub(super) fn new(alignments: Vec<Alignment>) -> Self {
        Self { alignments, column: 0, in_head: false }
    }

    pub(super) fn opening(name: &str) -> String {
        format!("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\"><table>", escape(name))
    }

    pub(super) fn start(&mut self, tag: &Tag<'_>) -> String {
        match tag {
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                "<thead><tr>".to_owned()
            }
            Tag::TableRow => {
                self.column = 0;
                "<tr>".to_owned()
            }
            _ => {
                let class = match self.alignments.get(self.column) {
                    Some(Alignment::Right) => " class=\"align-right\"",
                    Some(Alignment::Center) => " class=\"align-center\"",
                    _ => "",
                };
                if self.in_head { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") }
            }
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd) -> String {
        match tag {
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr></thead><tbody>\n".to_owned()
            }
            TagEnd::TableRow => "</tr>\n".to_owned(),
            _ => {
                self.column += 1;
                if self.in_head { "</th>".to_owned() } else { "</td>".to_owned() }
            }
        }
    }
}
