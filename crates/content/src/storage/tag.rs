//! The elements that this crate gives a meaning to.

/// Declares [`Tag`] and its two conversions from one list.
macro_rules! tags {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// The name of an element, as far as this crate gives it a meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Tag {
            $(
                #[doc = concat!("`<", $name, ">`")]
                $variant,
            )*
            /// An element without a meaning here. It is kept, and its content is shown.
            Other,
        }

        impl Tag {
            /// The tag of an element's name; old tools write HTML's names in upper case.
            #[must_use]
            pub fn from_name(name: &str) -> Self {
                match name {
                    $($name => Self::$variant,)*
                    _ if name.bytes().any(|b| b.is_ascii_uppercase()) => Self::from_name(&name.to_ascii_lowercase()),
                    _ => Self::Other,
                }
            }

            /// The name of the element; empty for [`Tag::Other`].
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Other => "",
                }
            }
        }
    };
}

tags! {
    // The most frequent first: the match is tried in this order.
    P = "p",
    Strong = "strong",
    Li = "li",
    Td = "td",
    Span = "span",
    A = "a",
    Br = "br",
    Parameter = "ac:parameter",
    Tr = "tr",
    Th = "th",
    Em = "em",
    Code = "code",
    Ul = "ul",
    Ol = "ol",
    H1 = "h1",
    H2 = "h2",
    H3 = "h3",
    H4 = "h4",
    H5 = "h5",
    H6 = "h6",
    Macro = "ac:structured-macro",
    RichTextBody = "ac:rich-text-body",
    PlainTextBody = "ac:plain-text-body",
    Link = "ac:link",
    LinkBody = "ac:link-body",
    PlainTextLinkBody = "ac:plain-text-link-body",
    RiPage = "ri:page",
    RiAttachment = "ri:attachment",
    RiUser = "ri:user",
    RiUrl = "ri:url",
    RiSpace = "ri:space",
    RiBlogPost = "ri:blog-post",
    RiShortcut = "ri:shortcut",
    RiContentEntity = "ri:content-entity",
    Image = "ac:image",
    Caption = "ac:caption",
    Emoticon = "ac:emoticon",
    InlineCommentMarker = "ac:inline-comment-marker",
    TaskList = "ac:task-list",
    Task = "ac:task",
    TaskId = "ac:task-id",
    TaskUuid = "ac:task-uuid",
    TaskStatus = "ac:task-status",
    TaskBody = "ac:task-body",
    Layout = "ac:layout",
    LayoutSection = "ac:layout-section",
    LayoutCell = "ac:layout-cell",
    Placeholder = "ac:placeholder",
    OldMacro = "ac:macro",
    DefaultParameter = "ac:default-parameter",
    AdfExtension = "ac:adf-extension",
    AdfNode = "ac:adf-node",
    AdfAttribute = "ac:adf-attribute",
    AdfParameter = "ac:adf-parameter",
    AdfParameterValue = "ac:adf-parameter-value",
    AdfMark = "ac:adf-mark",
    AdfContent = "ac:adf-content",
    AdfFallback = "ac:adf-fallback",
    Table = "table",
    Tbody = "tbody",
    Thead = "thead",
    Tfoot = "tfoot",
    Colgroup = "colgroup",
    Col = "col",
    TableCaption = "caption",
    B = "b",
    I = "i",
    U = "u",
    S = "s",
    Strike = "strike",
    Del = "del",
    Ins = "ins",
    Sub = "sub",
    Sup = "sup",
    Small = "small",
    Big = "big",
    Tt = "tt",
    Kbd = "kbd",
    Samp = "samp",
    Var = "var",
    Mark = "mark",
    Cite = "cite",
    Q = "q",
    Abbr = "abbr",
    Font = "font",
    Wbr = "wbr",
    Time = "time",
    Pre = "pre",
    Blockquote = "blockquote",
    Div = "div",
    Center = "center",
    Hr = "hr",
    Img = "img",
    Dl = "dl",
    Dt = "dt",
    Dd = "dd",
    Script = "script",
    Style = "style",
    Head = "head",
    Template = "template",
    Noscript = "noscript",
    Iframe = "iframe",
    Object = "object",
    Embed = "embed",
    Video = "video",
    Audio = "audio",
    Source = "source",
    Track = "track",
    Param = "param",
    Svg = "svg",
    Math = "math",
}

impl Tag {
    /// Returns whether it is an element of HTML that never has content.
    #[must_use]
    pub fn is_void(self) -> bool {
        matches!(
            self,
            Self::Br
                | Self::Hr
                | Self::Img
                | Self::Col
                | Self::Wbr
                | Self::Embed
                | Self::Source
                | Self::Track
                | Self::Param
        )
    }

    /// Returns whether it is an element that starts a block of text of its own.
    #[must_use]
    pub fn is_block(self) -> bool {
        matches!(
            self,
            Self::P
                | Self::H1
                | Self::H2
                | Self::H3
                | Self::H4
                | Self::H5
                | Self::H6
                | Self::Ul
                | Self::Ol
                | Self::Li
                | Self::Dl
                | Self::Dt
                | Self::Dd
                | Self::Table
                | Self::Thead
                | Self::Tbody
                | Self::Tfoot
                | Self::Tr
                | Self::TableCaption
                | Self::Pre
                | Self::Blockquote
                | Self::Div
                | Self::Center
                | Self::Hr
                | Self::TaskList
                | Self::Task
                | Self::Layout
                | Self::LayoutSection
                | Self::LayoutCell
                | Self::RichTextBody
                | Self::PlainTextBody
        )
    }

    /// Returns whether it is an element that only says how the text in it looks, or what kind of
    /// words it is.
    #[must_use]
    pub fn is_formatting(self) -> bool {
        matches!(
            self,
            Self::Span
                | Self::Font
                | Self::Strong
                | Self::B
                | Self::Em
                | Self::I
                | Self::Cite
                | Self::Var
                | Self::U
                | Self::Ins
                | Self::Del
                | Self::S
                | Self::Strike
                | Self::Code
                | Self::Tt
                | Self::Kbd
                | Self::Samp
                | Self::Sub
                | Self::Sup
                | Self::Small
                | Self::Big
                | Self::Mark
                | Self::Q
                | Self::Abbr
        )
    }

    /// Returns the level of a heading, 1 to 6.
    #[must_use]
    pub fn heading_level(self) -> Option<u8> {
        match self {
            Self::H1 => Some(1),
            Self::H2 => Some(2),
            Self::H3 => Some(3),
            Self::H4 => Some(4),
            Self::H5 => Some(5),
            Self::H6 => Some(6),
            _ => None,
        }
    }

    /// Returns whether the element's content is program, not text; none of it is ever shown.
    #[must_use]
    pub fn is_program(self) -> bool {
        matches!(
            self,
            Self::Script | Self::Style | Self::Head | Self::Template | Self::Noscript
        )
    }
}
