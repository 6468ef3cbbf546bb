//! A Markdown document as sections of nested entries: what the author wrote, with its lines, nothing interpreted yet.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::lists::List;

/// A heading with what stands under it up to the next heading.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    /// 1 to 6; 0 for what stands before the first heading.
    pub level: u8,
    pub title: String,
    /// Line of the heading, from 1.
    pub line: u32,
    /// Last line with content.
    pub end_line: u32,
    pub entries: Vec<Entry>,
}

/// A paragraph, list item or table with what is nested in it.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub kind: EntryKind,
    pub text: Inline,
    /// First and last line, from 1.
    pub lines: [u32; 2],
    pub children: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum EntryKind {
    Paragraph,
    Bullet,
    /// Item of a numbered list.
    Step,
    /// Rows of cells; the first is the head.
    Table(Vec<Vec<Inline>>),
}

/// Text without its markup, and what the markup said about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Inline {
    /// Line breaks that the author forced stay; the others are spaces.
    pub text: String,
    /// Bold ranges of `text`.
    pub bold: Vec<Range<usize>>,
    /// Code ranges of `text`.
    pub code: Vec<Range<usize>>,
    /// Bytes of `text` that link to a place in the document itself.
    pub n_anchor: usize,
}

/// Markup that is probably not what the author meant.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Damage {
    pub line: u32,
    pub message: String,
}

/// Most elements inside one another; what stands deeper is left out. Entries are read and used recursively.
const MOST_NESTED: u32 = 100;

/// Sections of a document, in its order, and the damage found.
pub(super) fn outline(text: &str) -> (Vec<Section>, Vec<Damage>) {
    let mut reader = Reader::new(text);
    let mut sections = vec![Section::default()];
    while let Some((event, range)) = reader.next() {
        if let Event::Start(Tag::Heading { level, .. }) = event {
            let title = reader.inline(TagEnd::Heading(level));
            let line = reader.line(range.start);
            sections.push(Section {
                level: level as u8,
                title: title.text.trim().replace('\n', " "),
                line,
                end_line: line,
                entries: Vec::new(),
            });
            continue;
        }
        let section = sections.last_mut().expect("there is always one");
        reader.block(event, range, &mut section.entries);
        section.end_line = section.entries.last().map_or(section.line, last_line);
    }
    (sections, reader.damage)
}

fn last_line(entry: &Entry) -> u32 {
    entry.children.iter().map(last_line).fold(entry.lines[1], u32::max)
}

struct Reader<'a> {
    text: &'a str,
    events: Vec<(Event<'a>, Range<usize>)>,
    at: usize,
    line_starts: Vec<usize>,
    /// A line break in a cell stands between things, in a sentence it may be for its looks.
    in_cell: bool,
    damage: Vec<Damage>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut reader = Self { text, events: Vec::new(), at: 0, line_starts, in_cell: false, damage: Vec::new() };
        let mut depth = 0;
        let skipped = front_matter(text);
        for (event, range) in Parser::new_ext(&text[skipped..], Options::ENABLE_TABLES).into_offset_iter() {
            let range = range.start + skipped..range.end + skipped;
            let starts = matches!(event, Event::Start(_));
            let ends = matches!(event, Event::End(_));
            depth += u32::from(starts);
            if depth <= MOST_NESTED {
                reader.events.push((event, range));
            } else if starts && depth == MOST_NESTED + 1 {
                let message = format!("nested more than {MOST_NESTED} deep, left out");
                reader.damage.push(Damage { line: reader.line(range.start), message });
            }
            depth -= u32::from(ends);
        }
        reader
    }

    fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        let event = self.events.get(self.at).cloned();
        self.at += 1;
        event
    }

    fn line(&self, at: usize) -> u32 {
        self.line_starts.partition_point(|start| *start <= at) as u32
    }

    fn lines(&self, range: &Range<usize>) -> [u32; 2] {
        let written = self.text[range.clone()].trim_end();
        [self.line(range.start), self.line(range.start + written.len().saturating_sub(1))]
    }

    /// Goes past the end of the element that has just started.
    fn skip(&mut self) {
        let mut depth = 1;
        while depth > 0 {
            match self.next() {
                Some((Event::Start(_), _)) => depth += 1,
                Some((Event::End(_), _)) => depth -= 1,
                Some(_) => {}
                None => return,
            }
        }
    }

    /// Reads one block element into `entries`. Code is left out: it shows how, it does not say what.
    fn block(&mut self, event: Event<'a>, range: Range<usize>, entries: &mut Vec<Entry>) {
        match event {
            Event::Start(Tag::Paragraph) => {
                let lines = self.lines(&range);
                let text = self.inline(TagEnd::Paragraph);
                self.look_for_damage(&text, lines[0]);
                if !text.text.trim_start().starts_with("$$") {
                    entries.push(Entry { kind: EntryKind::Paragraph, text, lines, children: Vec::new() });
                }
            }
            Event::Start(Tag::List(first)) => {
                let kind = if first.is_some() { EntryKind::Step } else { EntryKind::Bullet };
                while let Some((event, range)) = self.next() {
                    match event {
                        Event::Start(Tag::Item) => {
                            let item = self.item(kind.clone(), range);
                            entries.push(item);
                        }
                        _ => break,
                    }
                }
            }
            Event::Start(Tag::BlockQuote(_)) => {
                while let Some((event, range)) = self.next() {
                    if matches!(event, Event::End(TagEnd::BlockQuote(_))) {
                        break;
                    }
                    self.block(event, range, entries);
                }
            }
            Event::Start(Tag::Table(_)) => {
                let lines = self.lines(&range);
                let rows = self.table();
                entries.push(Entry {
                    kind: EntryKind::Table(rows),
                    text: Inline::default(),
                    lines,
                    children: Vec::new(),
                });
            }
            Event::Start(Tag::Heading { level, .. }) => {
                let title = excerpt(&self.inline(TagEnd::Heading(level)).text);
                let message = format!("`{title}`: a heading inside a quotation or a list is not read as one");
                self.damage.push(Damage { line: self.line(range.start), message });
            }
            Event::Start(Tag::HtmlBlock) => {
                let said = said_in(&self.text[range.clone()]);
                self.skip();
                if said.contains(char::is_alphabetic) {
                    let message = format!("`{}`: HTML is left out", excerpt(&said));
                    self.damage.push(Damage { line: self.line(range.start), message });
                }
            }
            Event::Start(_) => self.skip(),
            _ => {}
        }
    }

    fn item(&mut self, kind: EntryKind, range: Range<usize>) -> Entry {
        let lines = self.lines(&range);
        let mut item = Entry { kind, text: Inline::default(), lines: [lines[0]; 2], children: Vec::new() };
        let mut named = false;
        while let Some((event, range)) = self.next() {
            match event {
                Event::End(TagEnd::Item) => break,
                Event::Start(Tag::Paragraph) if !named => {
                    item.lines = self.lines(&range);
                    item.text = self.inline(TagEnd::Paragraph);
                    named = true;
                }
                _ if starts_block(&event) => {
                    named = true;
                    self.block(event, range, &mut item.children);
                }
                Event::Rule => {}
                // Text of a tight item, without a paragraph around it.
                _ => {
                    self.at -= 1;
                    let (text, written) = self.tight_text(range.start);
                    let lines = self.lines(&written);
                    if named {
                        item.children.push(Entry { kind: EntryKind::Paragraph, text, lines, children: Vec::new() });
                    } else {
                        (item.text, item.lines) = (text, lines);
                        named = true;
                    }
                }
            }
        }
        self.look_for_damage(&item.text, item.lines[0]);
        item
    }

    fn table(&mut self) -> Vec<Vec<Inline>> {
        let mut rows = Vec::new();
        while let Some((event, _)) = self.next() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
                Event::Start(Tag::TableCell) => {
                    let line = self.events.get(self.at).map_or(0, |(_, range)| self.line(range.start));
                    self.in_cell = true;
                    let cell = self.inline(TagEnd::TableCell);
                    self.in_cell = false;
                    self.look_for_damage(&cell, line);
                    rows.last_mut().expect("cells stand in rows").push(cell);
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        rows
    }

    /// Text up to the end of the element that has just started.
    fn inline(&mut self, end: TagEnd) -> Inline {
        let mut inline = Inline::default();
        while let Some((event, range)) = self.next() {
            if event == Event::End(end) {
                break;
            }
            self.inline_event(event, range, &mut inline);
        }
        inline
    }

    /// Text of a tight list item with its place: up to the next block or the end of the item.
    fn tight_text(&mut self, start: usize) -> (Inline, Range<usize>) {
        let mut inline = Inline::default();
        let mut end = start;
        while let Some((event, range)) = self.next() {
            if starts_block(&event) || matches!(event, Event::End(TagEnd::Item) | Event::Rule) {
                self.at -= 1;
                break;
            }
            end = range.end;
            self.inline_event(event, range, &mut inline);
        }
        (inline, start..end)
    }

    fn inline_event(&mut self, event: Event<'a>, range: Range<usize>, inline: &mut Inline) {
        let from = inline.text.len();
        match event {
            Event::Text(text) => inline.text.push_str(&text.replace('\u{a0}', " ")),
            Event::InlineHtml(tag) if tag.to_ascii_lowercase().starts_with("<br") => {
                let next = self.events.get(self.at).map(|(event, _)| event);
                let goes_on = matches!(next, Some(Event::Text(text)) if text.starts_with(char::is_lowercase));
                inline.text.push(if goes_on && !self.in_cell { ' ' } else { '\n' });
            }
            Event::Code(text) => {
                inline.text.push_str(&text);
                inline.code.push(from..inline.text.len());
            }
            Event::SoftBreak => inline.text.push(' '),
            Event::HardBreak => inline.text.push('\n'),
            Event::Start(Tag::Strong) => {
                let inner = self.inline(TagEnd::Strong);
                let called = matches!(self.events.get(self.at), Some((Event::Text(next), _)) if next.starts_with('('));
                let name = inner.text.as_str();
                let identifier = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
                if identifier && (called || List::Dunder.has(name)) {
                    let meant = format!("__{name}__");
                    self.damage.push(Damage {
                        line: self.line(range.start),
                        message: format!("`**{name}**` is probably `{meant}`: underscores that Markdown took for bold"),
                    });
                    inline.text.push_str(&meant);
                    inline.code.push(from..inline.text.len());
                } else {
                    append(inline, &inner);
                    if inner.text.chars().count() > 1 {
                        inline.bold.push(from..inline.text.len());
                    }
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let inner = self.inline(TagEnd::Link);
                append(inline, &inner);
                if dest_url.starts_with('#') {
                    inline.n_anchor += inner.text.len();
                }
            }
            Event::Start(Tag::Emphasis) => {
                let inner = self.inline(TagEnd::Emphasis);
                append(inline, &inner);
            }
            Event::Start(_) => self.skip(),
            _ => {}
        }
    }

    fn look_for_damage(&mut self, text: &Inline, line: u32) {
        let in_code = |at: usize| text.code.iter().any(|range| range.contains(&at));
        if let Some((at, _)) = text.text.match_indices("**").find(|(at, _)| !in_code(*at)) {
            let near = excerpt(&text.text[at..]);
            self.damage.push(Damage { line, message: format!("`{near}`: bold that is not closed") });
        }
        let mut start = text.text.trim_start().chars();
        if matches!(start.next(), Some('-' | '*')) && start.next().is_some_and(char::is_alphabetic) {
            let near = excerpt(text.text.trim_start());
            self.damage.push(Damage { line, message: format!("`{near}`: a list mark without a space after it") });
        }
    }
}

/// Length of what other programs are told before a document begins: keys and values between lines of three dashes.
fn front_matter(text: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let is_line = |line: Option<&str>, marks: &[&str]| line.is_some_and(|line| marks.contains(&line.trim_end()));
    if !is_line(lines.next(), &["---"]) || !lines.next().is_some_and(|line| line.contains(':')) {
        return 0;
    }
    let mut end = text.split_inclusive('\n').take(2).map(str::len).sum();
    for line in lines {
        end += line.len();
        if is_line(Some(line), &["---", "..."]) {
            return end;
        }
    }
    0
}

/// What a piece of HTML says besides its tags and comments.
fn said_in(html: &str) -> String {
    let mut said = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        said.push_str(before);
        said.push(' ');
        let end = if tag.starts_with("!--") { "-->" } else { ">" };
        rest = tag.split_once(end).map_or("", |(_, after)| after);
    }
    said.push_str(rest);
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first words of a text, for a message.
fn excerpt(text: &str) -> String {
    text.chars().take(20).collect()
}

fn starts_block(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(
            Tag::Paragraph
                | Tag::List(_)
                | Tag::BlockQuote(_)
                | Tag::Table(_)
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::Heading { .. }
        )
    )
}

fn append(inline: &mut Inline, inner: &Inline) {
    let from = inline.text.len();
    let moved = |range: &Range<usize>| range.start + from..range.end + from;
    inline.text.push_str(&inner.text);
    inline.bold.extend(inner.bold.iter().map(moved));
    inline.code.extend(inner.code.iter().map(moved));
    inline.n_anchor += inner.n_anchor;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entries as indented lines: mark, lines, text.
    fn drawn(entries: &[Entry]) -> Vec<String> {
        let mut lines = Vec::new();
        for entry in entries {
            let mark = match &entry.kind {
                EntryKind::Paragraph => "p",
                EntryKind::Bullet => "-",
                EntryKind::Step => "1",
                EntryKind::Table(rows) => {
                    for row in rows {
                        let cells: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
                        lines.push(format!("| {}", cells.join(" | ")));
                    }
                    continue;
                }
            };
            lines.push(format!("{mark} {}-{} {}", entry.lines[0], entry.lines[1], entry.text.text));
            lines.extend(drawn(&entry.children).into_iter().map(|line| format!("  {line}")));
        }
        lines
    }

    #[test]
    fn nesting_and_lines_survive() {
        let (sections, damage) = outline(
            "intro\n\n## One **two**\n\n1. First\n\n   - deep `x`\n   - more\n     of it\n\n   text\n2. Second\n\n```\ncode\n```\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | **2** |\n",
        );
        assert_eq!(sections.len(), 2);
        assert_eq!((sections[1].level, sections[1].title.as_str(), sections[1].line), (2, "One two", 3));
        assert_eq!(
            drawn(&sections[1].entries),
            [
                "1 5-5 First",
                "  - 7-7 deep x",
                "  - 8-9 more of it",
                "  p 11-11 text",
                "1 12-12 Second",
                "p 18-18 quoted",
                "| a | b",
                "| 1 | 2"
            ]
        );
        assert_eq!(sections[1].end_line, 22);
        assert_eq!(damage, []);
    }

    #[test]
    fn what_is_nested_too_deep_is_left_out() {
        for (open, close) in [("> ", ""), ("- ", ""), ("*a **b ", " c** d*")] {
            let nested = [open.repeat(8000), "end".to_owned(), close.repeat(8000)].concat();
            let (sections, damage) = outline(&format!("# Why?\n\nBecause.\n\n{nested}\n"));
            assert_eq!(sections[1].entries[0].text.text, "Because.");
            let message = "nested more than 100 deep, left out".to_owned();
            assert_eq!(damage, [Damage { line: 5, message }], "{open}");
        }
    }

    #[test]
    fn damage_is_seen_and_names_are_mended() {
        let (sections, damage) = outline("Object with **iter**() and **bold** words\n\nopen ** here\n\n-Item: x\n");
        assert_eq!(sections[0].entries[0].text.text, "Object with __iter__() and bold words");
        let found: Vec<(u32, &str)> = damage.iter().map(|damage| (damage.line, damage.message.as_str())).collect();
        assert_eq!(
            found,
            [
                (1, "`**iter**` is probably `__iter__`: underscores that Markdown took for bold"),
                (3, "`** here`: bold that is not closed"),
                (5, "`-Item: x`: a list mark without a space after it"),
            ]
        );
    }
}
