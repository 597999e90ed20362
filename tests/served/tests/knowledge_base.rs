//! The call that opens a space and closes it again (law 5).

mod story;
mod switches;
mod the_call;
