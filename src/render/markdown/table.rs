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

    pub(super) fn start(&mut self, tag: &Tag<'_>) -> &'static str {
        match tag {
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                "<thead><tr>"
            }
            Tag::TableRow => {
                self.column = 0;
                "<tr>"
            }
            _ => match (self.in_head, self.alignments.get(self.column)) {
                (true, Some(Alignment::Right)) => "<th scope=\"col\" class=\"align-right\">",
                (true, Some(Alignment::Center)) => "<th scope=\"col\" class=\"align-center\">",
                (true, _) => "<th scope=\"col\">",
                (false, Some(Alignment::Right)) => "<td class=\"align-right\">",
                (false, Some(Alignment::Center)) => "<td class=\"align-center\">",
                (false, _) => "<td>",
            },
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd) -> &'static str {
        match tag {
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr></thead><tbody>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            _ => {
                self.column += 1;
                if self.in_head { "</th>" } else { "</td>" }
            }
        }
    }
}
