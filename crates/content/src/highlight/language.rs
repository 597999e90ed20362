//! The languages that are highlighted.

use memchr::memmem;

/// The lexical rules of a language.
pub(super) struct Language {
    /// Its names, as the `code` macro and people write them, separated by spaces.
    names: &'static str,
    /// The prefixes of comments that end with the line.
    pub(super) line_comments: &'static [&'static str],
    /// The delimiters of block comments.
    pub(super) block_comments: &'static [(&'static str, &'static str)],
    /// Its kinds of strings, longer quotes before shorter ones.
    pub(super) strings: &'static [Strings],
    /// Whether `$name` is a variable.
    pub(super) has_variables: bool,
    /// Whether `name:` or `name =` at the beginning of a line is a key.
    pub(super) has_keys: bool,
    /// Whether case doesn't matter in keywords; they are then listed in lower case.
    is_caseless: bool,
    /// Its keywords, separated by spaces.
    keywords: &'static str,
}

/// One kind of string.
pub(super) struct Strings {
    /// The delimiter at its beginning and end.
    pub(super) quote: &'static str,
    /// Whether a backslash escapes the next character.
    pub(super) has_escapes: bool,
    /// Whether it may continue after the end of a line.
    pub(super) spans_lines: bool,
}

impl Language {
    pub(super) fn is_keyword(&self, word: &str) -> bool {
        if self.is_caseless {
            return holds(self.keywords, &word.to_ascii_lowercase());
        }
        holds(self.keywords, word)
    }
}

/// Returns the language with this name, in lower case.
pub(super) fn find(name: &str) -> Option<&'static Language> {
    LANGUAGES
        .iter()
        .find(|language| holds(language.names, name))
}

/// Returns whether a word is in a list that is separated by spaces.
fn holds(words: &str, word: &str) -> bool {
    let is_edge = |b: Option<&u8>| b.is_none_or(|b| *b == b' ');
    memmem::find_iter(words.as_bytes(), word.as_bytes()).any(|at| {
        let before = at.checked_sub(1).and_then(|at| words.as_bytes().get(at));
        !word.is_empty() && is_edge(before) && is_edge(words.as_bytes().get(at + word.len()))
    })
}

const fn quoted(quote: &'static str) -> Strings {
    Strings {
        quote,
        has_escapes: true,
        spans_lines: false,
    }
}

const fn long(quote: &'static str) -> Strings {
    Strings {
        quote,
        has_escapes: true,
        spans_lines: true,
    }
}

const fn raw(quote: &'static str) -> Strings {
    Strings {
        quote,
        has_escapes: false,
        spans_lines: true,
    }
}

const LANGUAGES: &[Language] = &[
    Language {
        names: "rust rs",
        line_comments: &["//"],
        block_comments: &[("/*", "*/")],
        strings: &[long("\"")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "Self as async await break const continue crate dyn else enum extern false fn for if \
            impl in let loop match mod move mut pub ref return self static struct super trait \
            true type unsafe use where while",
    },
    Language {
        names: "java",
        line_comments: &["//"],
        block_comments: &[("/*", "*/")],
        strings: &[long("\"\"\""), quoted("\""), quoted("'")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "abstract assert boolean break byte case catch char class const continue default do \
            double else enum extends false final finally float for if implements import \
            instanceof int interface long native new null package private protected public \
            record return sealed short static super switch synchronized this throw throws true \
            try var void volatile while yield",
    },
    Language {
        names: "kotlin kt",
        line_comments: &["//"],
        block_comments: &[("/*", "*/")],
        strings: &[long("\"\"\""), quoted("\""), quoted("'")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "abstract as break by class companion const continue data do else enum false final \
            for fun if import in init interface internal is lateinit null object open override \
            package private protected public return sealed super suspend this throw true try \
            typealias val var when while",
    },
    Language {
        names: "scala",
        line_comments: &["//"],
        block_comments: &[("/*", "*/")],
        strings: &[long("\"\"\""), quoted("\"")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "abstract case catch class def do else extends false final finally for given if \
            implicit import lazy match new null object override package private protected return \
            sealed super this throw trait true try type val var while with yield",
    },
    Language {
        names: "groovy gradle",
        line_comments: &["//"],
        block_comments: &[("/*", "*/")],
        strings: &[long("\"\"\""), long("'''"), quoted("\""), quoted("'")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "abstract as assert boolean break case catch class continue def default do else enum \
            extends false final finally for if implements import in instanceof int interface new \
            null package private protected public return static super switch this throw throws \
            trait true try void while",
    },
    Language {
        names: "javascript js jsx typescript ts tsx node actionscript actionscript3 as3",
        line_comments: &["//"],
        block_comments: &[("/*", "*/")],
        strings: &[quoted("\""), quoted("'"), long("`")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "abstract any as async await boolean break case catch class const continue debugger \
            declare default delete do else enum export extends false finally for from function \
            get if implements import in instanceof interface keyof let namespace new null number \
            of private protected public readonly return set static string super switch this \
            throw true try type typeof undefined var void while with yield",
    },
    Language {
        names: "c h cpp c++ cc cxx hpp objc objective-c arduino",
        line_comments: &["//"],
        block_comments: &[("/*", "*/")],
        strings: &[quoted("\""), quoted("'")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "alignas auto bool break case catch char class const constexpr continue default \
            delete do double else enum explicit export extern false final float for friend goto \
            if inline int long namespace new noexcept nullptr operator override private \
            protected public register return short signed sizeof static struct switch template \
            this throw true try typedef typename union unsigned using virtual void volatile \
            while",
    },
    Language {
        names: "csharp c# cs",
        line_comments: &["//"],
        block_comments: &[("/*", "*/")],
        strings: &[quoted("\""), quoted("'")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "abstract as async await base bool break byte case catch char class const continue \
            decimal default delegate do double else enum event explicit extern false finally \
            fixed float for foreach get if implicit in int interface internal is lock long \
            namespace new null object operator out override params private protected public \
            readonly record ref return sealed set short static string struct switch this throw \
            true try typeof uint ulong using var virtual void volatile while yield",
    },
    Language {
        names: "go golang",
        line_comments: &["//"],
        block_comments: &[("/*", "*/")],
        strings: &[quoted("\""), raw("`"), quoted("'")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "break case chan const continue default defer else fallthrough false for func go goto \
            if import interface iota map nil package range return select struct switch true type \
            var",
    },
    Language {
        names: "swift",
        line_comments: &["//"],
        block_comments: &[("/*", "*/")],
        strings: &[long("\"\"\""), quoted("\"")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "as associatedtype async await break case catch class continue default defer do else \
            enum extension false fileprivate for func guard if import in init inout internal is \
            let nil open operator override private protocol public repeat return self static \
            struct subscript super switch throw throws true try typealias var where while",
    },
    Language {
        names: "dart",
        line_comments: &["//"],
        block_comments: &[("/*", "*/")],
        strings: &[long("\"\"\""), long("'''"), quoted("\""), quoted("'")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "abstract as async await break case catch class const continue default do dynamic \
            else enum export extends extension factory false final finally for get if implements \
            import in is late library mixin new null on operator part required rethrow return \
            set static super switch this throw true try typedef var void while with yield",
    },
    Language {
        names: "php",
        line_comments: &["//", "#"],
        block_comments: &[("/*", "*/")],
        strings: &[long("\""), long("'")],
        has_variables: true,
        has_keys: false,
        is_caseless: false,
        keywords: "abstract and array as break case catch class clone const continue declare default do \
            echo else elseif empty enum extends false final finally fn for foreach function \
            global if implements include instanceof interface isset match namespace new null or \
            private protected public readonly require return self static switch this throw trait \
            true try unset use var void while xor yield",
    },
    Language {
        names: "python py python3",
        line_comments: &["#"],
        block_comments: &[],
        strings: &[long("\"\"\""), long("'''"), quoted("\""), quoted("'")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "False None True and as assert async await break case class continue def del elif \
            else except finally for from global if import in is lambda match nonlocal not or \
            pass raise return self try while with yield",
    },
    Language {
        names: "ruby rb",
        line_comments: &["#"],
        block_comments: &[("=begin", "=end")],
        strings: &[quoted("\""), quoted("'")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "alias and begin break case class def defined do else elsif end ensure false for if \
            in module next nil not or private protected public redo require rescue retry return \
            self super then true undef unless until when while yield",
    },
    Language {
        names: "perl pl",
        line_comments: &["#"],
        block_comments: &[],
        strings: &[quoted("\""), quoted("'")],
        has_variables: true,
        has_keys: false,
        is_caseless: false,
        keywords: "and cmp else elsif eq for foreach ge given gt if keys last le local lt my ne next no \
            not or our package print redo require return shift sub undef unless until use when \
            while xor",
    },
    Language {
        names: "bash sh shell zsh ksh console",
        line_comments: &["#"],
        block_comments: &[],
        strings: &[long("\""), raw("'")],
        has_variables: true,
        has_keys: false,
        is_caseless: false,
        keywords: "alias break case cd continue declare do done echo elif else esac eval exec exit \
            export false fi for function if in local read readonly return select set shift \
            source then trap true unset until while",
    },
    Language {
        names: "powershell ps1 ps",
        line_comments: &["#"],
        block_comments: &[("<#", "#>")],
        strings: &[quoted("\""), quoted("'")],
        has_variables: true,
        has_keys: false,
        is_caseless: true,
        keywords: "begin break catch class continue data do dynamicparam else elseif end exit filter \
            finally for foreach from function if in param process return switch throw trap try \
            until using while",
    },
    Language {
        names: "dockerfile docker",
        line_comments: &["#"],
        block_comments: &[],
        strings: &[quoted("\""), quoted("'")],
        has_variables: true,
        has_keys: false,
        is_caseless: false,
        keywords: "ADD ARG AS CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD \
            RUN SHELL STOPSIGNAL USER VOLUME WORKDIR",
    },
    Language {
        names: "makefile make",
        line_comments: &["#"],
        block_comments: &[],
        strings: &[quoted("\""), quoted("'")],
        has_variables: true,
        has_keys: false,
        is_caseless: false,
        keywords: "define else endef endif export ifdef ifeq ifndef ifneq include override unexport",
    },
    Language {
        names: "sql plsql mysql postgresql tsql",
        line_comments: &["--"],
        block_comments: &[("/*", "*/")],
        strings: &[long("'"), quoted("\"")],
        has_variables: false,
        has_keys: false,
        is_caseless: true,
        keywords: "add all alter and any as asc begin between by cascade case check column commit \
            constraint create cross database default delete desc distinct drop else end exists \
            false fetch for foreign from full function grant group having if in index inner \
            insert intersect into is join key lateral left like limit not null offset on or \
            order outer partition primary procedure references returning revoke right rollback \
            row rows select set table then trigger true truncate union unique update using \
            values view when where with",
    },
    Language {
        names: "lua",
        line_comments: &["--"],
        block_comments: &[("--[[", "]]")],
        strings: &[quoted("\""), quoted("'")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "and break do else elseif end false for function goto if in local nil not or repeat \
            return then true until while",
    },
    Language {
        names: "r",
        line_comments: &["#"],
        block_comments: &[],
        strings: &[quoted("\""), quoted("'")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "FALSE NULL TRUE break else for function if in next repeat return while",
    },
    Language {
        names: "haskell hs elm",
        line_comments: &["--"],
        block_comments: &[("{-", "-}")],
        strings: &[quoted("\"")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "case class data deriving do else foreign if import in infix infixl infixr instance \
            let module newtype of then type where",
    },
    Language {
        names: "erlang erl",
        line_comments: &["%"],
        block_comments: &[],
        strings: &[quoted("\"")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "after and andalso begin case catch cond div end fun if let not of or orelse receive \
            rem try when xor",
    },
    Language {
        names: "elixir ex exs",
        line_comments: &["#"],
        block_comments: &[],
        strings: &[long("\"\"\""), quoted("\""), quoted("'")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "after alias and case catch cond def defimpl defmacro defmodule defp defprotocol \
            defstruct do else end false fn for if import in nil not or quote raise receive \
            require rescue super true try unless unquote use when with",
    },
    Language {
        names: "clojure clj lisp scheme",
        line_comments: &[";"],
        block_comments: &[],
        strings: &[long("\"")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "def defmacro defn do false fn if let loop nil ns quote recur require throw true try \
            var when",
    },
    Language {
        names: "vb vbnet vba visualbasic vbscript",
        line_comments: &["'"],
        block_comments: &[],
        strings: &[raw("\"")],
        has_variables: false,
        has_keys: false,
        is_caseless: true,
        keywords: "and as boolean byref byval call case class const dim do double each else elseif end \
            enum exit false for friend function get if imports in inherits integer is let long \
            loop me module namespace new next not nothing object of on option or private \
            property protected public redim return select set shared static string structure sub \
            then to true try until when while with",
    },
    Language {
        names: "delphi pascal",
        line_comments: &["//"],
        block_comments: &[("{", "}"), ("(*", "*)")],
        strings: &[quoted("'")],
        has_variables: false,
        has_keys: false,
        is_caseless: true,
        keywords: "and array as begin case class const constructor destructor div do downto else end \
            except exports file finally for function goto if implementation in inherited \
            interface is label mod nil not object of or packed procedure program property raise \
            record repeat set shl shr string then to try type unit until uses var while with xor",
    },
    Language {
        names: "css scss sass less",
        line_comments: &["//"],
        block_comments: &[("/*", "*/")],
        strings: &[quoted("\""), quoted("'")],
        has_variables: false,
        has_keys: true,
        is_caseless: false,
        keywords: "@charset @else @extend @font @for @function @if @import @include @keyframes @layer \
            @media @mixin @return @supports @use important",
    },
    Language {
        names: "json json5 jsonc",
        line_comments: &["//"],
        block_comments: &[("/*", "*/")],
        strings: &[quoted("\"")],
        has_variables: false,
        has_keys: true,
        is_caseless: false,
        keywords: "false null true",
    },
    Language {
        names: "yaml yml",
        line_comments: &["#"],
        block_comments: &[],
        strings: &[long("\""), long("'")],
        has_variables: false,
        has_keys: true,
        is_caseless: false,
        keywords: "false no null off on true yes",
    },
    Language {
        names: "toml ini properties conf cfg env hcl terraform tf nginx",
        line_comments: &["#", ";"],
        block_comments: &[],
        strings: &[quoted("\""), quoted("'")],
        has_variables: false,
        has_keys: true,
        is_caseless: false,
        keywords: "data false locals module null output provider resource server true variable",
    },
    Language {
        names: "graphql gql protobuf proto thrift",
        line_comments: &["#", "//"],
        block_comments: &[("/*", "*/")],
        strings: &[long("\"\"\""), quoted("\"")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "enum extend extends fragment implements import input interface message mutation \
            oneof option optional package query repeated required returns rpc scalar schema \
            service stream struct subscription syntax type union",
    },
    Language {
        names: "matlab octave",
        line_comments: &["%"],
        block_comments: &[("%{", "%}")],
        strings: &[quoted("\"")],
        has_variables: false,
        has_keys: false,
        is_caseless: false,
        keywords: "break case catch classdef continue else elseif end for function global if otherwise \
            persistent return switch try while",
    },
    Language {
        names: "coldfusion",
        line_comments: &["//"],
        block_comments: &[("<!---", "--->"), ("/*", "*/")],
        strings: &[quoted("\""), quoted("'")],
        has_variables: false,
        has_keys: false,
        is_caseless: true,
        keywords: "abort break case catch component continue default do else false for function if \
            import include null property return switch throw true try var while",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_only_as_a_whole() {
        assert!(holds("int interface", "int") && holds("int interface", "interface"));
        assert!(
            !holds("int interface", "face") && !holds("interface", "inter") && !holds("int", "")
        );
    }

    #[test]
    fn names_are_unique_and_caseless_keywords_are_in_lower_case() {
        let mut names: Vec<&str> = LANGUAGES
            .iter()
            .flat_map(|language| language.names.split(' '))
            .collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        for language in LANGUAGES.iter().filter(|language| language.is_caseless) {
            assert_eq!(language.keywords, language.keywords.to_ascii_lowercase());
        }
    }
}
